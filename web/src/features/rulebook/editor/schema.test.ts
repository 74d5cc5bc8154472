import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldsOf, type Schema, schemaAt, shapeOf } from './schema'

const root = JSON.parse(readFileSync(join(__dirname, '../../../../../api/rulebook.schema.json'), 'utf8')) as Schema
const shapes = (...path: (string | number)[]) =>
  Object.fromEntries(fieldsOf(root, schemaAt(root, path)).map((f) => [f.key, f.shape]))

test('the fields of every part come from the schema', () => {
  expect(shapes()).toMatchObject({ title: 'title', settings: 'entries', duties: 'list', applies_to: 'word' })
  expect(shapes('settings', 'visit')).toMatchObject({ value: 'word', choices: 'words', assumed: 'yes', type: 'choice' })
  expect(shapes('scorecards', 'total', 'items', 3)).toMatchObject({ points: 'object', range: 'words', title: 'title' })
  expect(shapes('scorecards', 'total', 'items', 3, 'points')).toMatchObject({ bands: 'list', values: 'entries' })
  expect(shapes('measures', 'sales', 'window')).toMatchObject({ length: 'word', from: 'word' })
  expect(shapes('grades')).toMatchObject({ labels: 'list', bands: 'list' })
  expect(fieldsOf(root, schemaAt(root, ['measures', 'sales'])).find((f) => f.key === 'days_since')?.choices).toEqual([
    'first',
    'last',
  ])
})

test('a place that nothing may fill has no fields', () => {
  expect(schemaAt(root, ['nothing', 'here'])).toEqual([])
  expect(fieldsOf(root, [])).toEqual([])
  expect(shapeOf([])).toBe('word')
})
