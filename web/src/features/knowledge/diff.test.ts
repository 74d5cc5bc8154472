import { expect, test } from 'vitest'
import { diffLines } from './diff'

const shown = (before: string, after: string) => diffLines(before, after).map((l) => l.op + l.text)

test('lines that stayed, went and came', () => {
  expect(shown('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([' a', '-b', '+x', ' c', ' d', '+e'])
  expect(shown('', 'a\nb')).toEqual(['+a', '+b'])
  expect(shown('a', '')).toEqual(['-a'])
  expect(shown('a\nb', 'a\nb')).toEqual([' a', ' b'])
})

test('both texts can be read off the outcome', () => {
  const lines = 'abcabdacbbad'.split('')
  for (let n = 0; n < 60; n++) {
    const a = lines.filter((_, i) => (n * 7 + i * 3) % 5 > 1).join('\n')
    const b = lines.filter((_, i) => (n * 5 + i * 11) % 7 > 2).join('\n')
    const d = diffLines(a, b)
    expect(
      d
        .filter((l) => l.op !== '+')
        .map((l) => l.text)
        .join('\n'),
    ).toBe(a)
    expect(
      d
        .filter((l) => l.op !== '-')
        .map((l) => l.text)
        .join('\n'),
    ).toBe(b)
  }
})
