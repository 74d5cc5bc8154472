import { describe, expect, it } from 'vitest'
import { countsOf, heatOf, shownOf } from './cross'

const scheme = (id: string, ...codes: string[]) => ({
  id,
  title: { zh: id, en: id },
  labels: codes.map((code) => ({ code, title: { zh: code, en: code }, tone: 'blue', graded: true })),
})

describe('combinations of schemes', () => {
  const cells = [
    { codes: ['core', 'high'], count: 3 },
    { codes: ['core', ''], count: 2 },
    { codes: ['gone', 'high'], count: 1 },
  ]
  it('finds a count by its codes', () => {
    const counts = countsOf(cells)
    expect(counts.get('core\nhigh')).toBe(3)
    expect(counts.get('high\ncore')).toBeUndefined()
  })
  it('leaves out customers without a grade in one of them', () => {
    const schemes = [scheme('a', 'core', 'ordinary'), scheme('b', 'high', 'low')] as never
    expect(shownOf({ cells, schemes })).toBe(3)
  })
  it('shades by the greatest count', () => {
    expect([1, 24, 25, 26, 50, 75, 76, 100].map((n) => heatOf(n, 100))).toEqual([1, 1, 1, 2, 2, 3, 4, 4])
    expect(heatOf(1, 1)).toBe(4)
  })
})
