import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proposals } from './complete'
import type { Schema } from './schema'

const root = JSON.parse(readFileSync(join(__dirname, '../../../../../api/rulebook.schema.json'), 'utf8')) as Schema
const clauses = [{ number: '3.1', title: { zh: '甲', en: 'A' } }]

/** at gives the labels proposed where | stands. */
const at = (text: string) => proposals(root, text.replace('|', ''), text.indexOf('|'), clauses).list.map((p) => p.label)

const book = 'rulebook: x\nmeasures:\n  sales: {sum: amount, of: order}\n'

test('keys of the mapping at the cursor, without those that are there', () => {
  expect(at(`${book}du|`)).toContain('duties')
  expect(at(`${book}du|`)).not.toContain('measures')
  expect(at(`${book}settings:\n  visit:\n    val|`)).toEqual(expect.arrayContaining(['value', 'assumed', 'title']))
  expect(at(`${book}duties:\n  - {key: a, ev|}`)).toEqual(expect.arrayContaining(['every', 'evidence']))
  expect(at(`${book}duties:\n  - {key: a, ev|}`)).not.toContain('key')
})

test('words of the value at the cursor', () => {
  expect(at(`${book}grades:\n  hit: |`)).toEqual(expect.arrayContaining(['first', 'unique']))
  expect(at(`${book}  more: {growth: s|}`)).toEqual(['sales', 'more'])
  expect(at(`${book}scorecards:\n  total:\n    items:\n      - measure: |`)).toEqual(['sales'])
  expect(at(`${book}settings:\n  a: {value: 1, clause: "|"}`)).toEqual(['3.1'])
})

test('nothing where nothing may stand', () => {
  expect(at('nothing:\n  here: |')).toEqual([])
})
