import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nextNumber, putClause, readClauses, takeClause } from './clauses'

const folder = join(__dirname, '../../../../../rulebooks')
const books = readdirSync(folder, { withFileTypes: true })
  .filter((d) => d.isDirectory())
  .map((d) => [d.name, readFileSync(join(folder, d.name, 'clauses.md'), 'utf8')] as const)

test.each(books)('%s: every clause written again is the same file', (_, file) => {
  const all = readClauses(file)
  expect(all.length).toBe(file.match(/^## /gm)?.length)
  for (const c of all) {
    expect(c.title.en).not.toBe('')
    expect(c.text.zh).not.toBe('')
    expect(c.text.en).not.toBe('')
    expect(putClause(file, c, c.number)).toBe(`${file.trim()}\n`)
  }
})

test('a clause is added where its number belongs, changed and taken away', () => {
  const [, file] = books[0] as [string, string]
  const c = {
    number: '4.10',
    title: { zh: '上限', en: 'Limit' },
    kind: 'figure',
    marks: [],
    text: { zh: '一。\n\n二。', en: 'One.\n\nTwo.' },
  }
  const added = putClause(file, c)
  const numbers = readClauses(added).map((x) => x.number)
  expect(numbers[numbers.indexOf('4.10') - 1]).toMatch(/^4\./)
  expect(numbers[numbers.indexOf('4.10') + 1]).toMatch(/^5/)
  expect(readClauses(added).find((x) => x.number === '4.10')).toMatchObject(c)
  expect(takeClause(added, '4.10')).toBe(`${file.trim()}\n`)
  const changed = putClause(added, { ...c, number: '4.11', kind: 'advice' }, '4.10')
  expect(readClauses(changed).find((x) => x.number === '4.11')?.kind).toBe('advice')
  expect(nextNumber(readClauses(added), '4.9')).toBe('4.11')
})
