import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allParts, clausePaths, freshEntry, labelsAt, nameOf, partsAt, partsOf, schemesOf, sectionsOf } from './parts'
import { readYaml, valueAt, wordAt } from './yaml'
import { insert, put } from './yamlEdit'

const read = (book: string) =>
  readYaml(readFileSync(join(__dirname, '../../../../../rulebooks', book, 'rulebook.yaml'), 'utf8'))
const dealer = read('dealer-annual-grading')

test('sections and parts of a rulebook', () => {
  expect(sectionsOf(dealer).slice(0, 6)).toEqual(['settings', 'procedures', 'forms', 'scorecards', 'grades', 'duties'])
  expect(sectionsOf(dealer).at(-1)).toBe('about')
  const views = partsOf(dealer, 'grades').map((p) => p.view)
  expect(views).toEqual(['bands', 'labels', 'fields', 'fields']) // the scheme itself, and its limit
  expect(partsOf(dealer, 'scorecards').filter((p) => p.view === 'item').length).toBe(7)
  expect(partsOf(dealer, 'about')[0]?.without).toContain('duties')
  expect(labelsAt(dealer, ['grades']).map((l) => l.name)).toEqual(['A', 'B', 'C', 'none'])
})

test('a clause leads to the parts that carry it out', () => {
  const places = clausePaths(dealer)
  const of = (c: string) => partsAt(allParts(dealer), places.get(c) ?? []).map((p) => p.path.join('.'))
  expect(of('4.2')).toEqual(['grades.bands'])
  expect(of('7.6')).toEqual(['settings.visit_a', 'settings.director_visit_a', 'duties.0', 'duties.1'])
  expect(of('3.2')).toContain('scorecards.total.items.3')
  expect(of('1.2')).toEqual(['indicators.0', ''])
})

test('parts have the words of what they read', () => {
  expect(nameOf(dealer, ['scorecards', 'total', 'items', 0]).zh).toBe('近十二个月销售额')
  expect(nameOf(dealer, ['roles', 'director']).en).toBe('Marketing director')
  expect(nameOf(dealer, ['duties', 0]).zh).toBe('走访A级客户')
})

test('several schemes are parts each', () => {
  const y = readYaml(
    'grades:\n  - {scheme: a, labels: [{code: x}], bands: [{code: x, otherwise: true}]}\n  - {scheme: b, labels: [{code: y}], limits: [{allow: [y]}]}\n',
  )
  expect(schemesOf(y)).toEqual([
    ['grades', 0],
    ['grades', 1],
  ])
  expect(partsOf(y, 'grades').map((p) => p.path.join('.'))).toEqual([
    'grades.0.bands',
    'grades.0.labels',
    'grades.0',
    'grades.1.labels',
    'grades.1',
    'grades.1.limits.0',
  ])
})

test('a new entry is one that can be read', () => {
  const words = { zh: '新', en: 'New' }
  let text = put(dealer, ['settings', 'fresh'], freshEntry(dealer, 'settings', '7.6', words))
  text = insert(readYaml(text), ['duties'], 2, freshEntry(dealer, 'duties', '7.6', words))
  text = insert(readYaml(text), ['scorecards', 'total', 'items'], 1, freshEntry(dealer, 'items', '3.1', words))
  const y = readYaml(text)
  expect(y.broken).toBeUndefined()
  expect(wordAt(y, ['settings', 'fresh', 'clause'])).toBe('7.6')
  const others = (valueAt(dealer, ['duties']) as unknown[]).length
  expect(wordAt(y, ['duties', 2, 'key'])).toBe(`duty_${others + 1}`)
  expect(valueAt(y, ['scorecards', 'total', 'items', 1, 'points', 'bands', 0])).toEqual(['0', '10'])
})
