import { expect, test } from 'vitest'
import { acceptOutcomes } from './accept'

const file = `# examples
- case: {zh: 一, en: one}
  as_of: 2025-12-25
  measures: {sales: 1}
  expect:
    grade: B
    score: 142
    next: {grade: A, missing: 8}
- case: {zh: 二, en: two}
  as_of: 2025-12-25
  expect:
    grade: C
    points: {sales: 60}
    duties: [a, b]
`
const words = { zh: '', en: '' }
const result = (line: number, diffs: { field: string; want: string; got: string }[]) =>
  ({ line, diffs, passed: false, name: words, clauses: [] }) as never

test('what came out takes the place of what was expected, and only that', () => {
  const text = acceptOutcomes(file, [
    result(2, [
      { field: 'grade', want: 'B', got: 'A' },
      { field: 'next.grade', want: 'A', got: '' },
      { field: 'next.missing', want: '8', got: '' },
    ]),
    result(9, [
      { field: 'points.sales', want: '60', got: '45' },
      { field: 'duties', want: 'a b', got: 'a c' },
    ]),
  ])
  expect(text).toBe(
    file
      .replace('    grade: B\n    score: 142\n    next: {grade: A, missing: 8}\n', '    grade: A\n    score: 142\n')
      .replace('sales: 60', 'sales: 45')
      .replace('[a, b]', '[a, c]'),
  )
})

test('a case that is not there changes nothing', () => {
  expect(acceptOutcomes(file, [result(99, [{ field: 'grade', want: 'B', got: 'A' }])])).toBe(file)
})
