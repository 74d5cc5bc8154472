import { describe, expect, it } from 'vitest'
import { bpText, directionOf, mixSpec, movedTotals, widest } from './distribution'

const day = (as_of: string, counts: Record<string, number>) => ({ as_of, counts })

it('writes shares with one decimal, ties to the even digit', () => {
  expect([0, 337, 335, 345, 1005, 9995, 10000].map(bpText)).toEqual([
    '0.0%',
    '3.4%',
    '3.4%',
    '3.4%',
    '10.0%',
    '100.0%',
    '100.0%',
  ])
})

it('scales bars by the largest count and never by zero', () => {
  expect(widest([{ count: 3 }, { count: 9 }])).toBe(9)
  expect(widest([])).toBe(1)
})

describe('the mix over runs', () => {
  const words = { label: 'l', axis: 'a', grade: (c: string) => c || 'none', num: String }
  it('has one stacked series per code that occurs, in the order of the scheme, those without a grade last', () => {
    const spec = mixSpec(
      [day('2026-01-01', { B: 2 }), day('2026-02-01', { A: 1, B: 1, '': 3 })],
      ['A', 'B', 'C'],
      words,
    )
    expect(spec.categories).toEqual(['2026-01-01', '2026-02-01'])
    expect(spec.series.map((s) => [s.name, s.values])).toEqual([
      ['A', [0, 1]],
      ['B', [2, 1]],
      ['none', [0, 3]],
    ])
  })
})

describe('the movement matrix', () => {
  const cells = [
    { from: 'B', to: 'A', direction: 1, count: 4 },
    { from: 'A', to: 'C', direction: -1, count: 2 },
    { from: '', to: 'B', direction: 0, count: 5 },
    { from: 'C', to: '', direction: 0, count: 1 },
    { from: 'A', to: 'A', direction: 0, count: 50 },
  ]
  it('is summed up by where people went', () => {
    expect(movedTotals(cells)).toEqual({ up: 4, down: 2, first: 5, aside: 1 })
  })
  it('leads from a cell to the list behind it', () => {
    expect(cells.slice(0, 4).map(directionOf)).toEqual(['up', 'down', 'first', 'aside'])
  })
})
