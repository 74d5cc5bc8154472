import { expect, it } from 'vitest'
import { addDays, daysOf, isDay, mondayOf, monthStart, spanOf, spanTitle, stepped } from './days'

it('a week runs from Monday to Sunday, over the ends of months and years', () => {
  expect(mondayOf('2026-03-02')).toBe('2026-03-02')
  expect(mondayOf('2026-03-08')).toBe('2026-03-02')
  expect(mondayOf('2026-01-01')).toBe('2025-12-29')
  expect(spanOf('week', '2026-01-01')).toEqual({ from: '2025-12-29', to: '2026-01-04' })
})

it('a month comes in whole weeks, six at most', () => {
  expect(spanOf('month', '2026-02-14')).toEqual({ from: '2026-01-26', to: '2026-03-01' })
  for (let m = '2024-01-01'; m < '2029-01-01'; m = monthStart(m, 1)) {
    const { from, to } = spanOf('month', m)
    const days = daysOf(from, to)
    expect(days.length % 7).toBe(0)
    expect(days.length).toBeLessThanOrEqual(42)
    expect(days).toContain(m)
    expect(days).toContain(addDays(monthStart(m, 1), -1))
  }
})

it('going on by a view goes to the next day, week or month', () => {
  expect(stepped('day', '2028-02-28', 1)).toBe('2028-02-29')
  expect(stepped('week', '2026-12-30', 1)).toBe('2027-01-06')
  expect(stepped('month', '2026-03-31', -1)).toBe('2026-02-01')
})

it('only days that exist are days', () => {
  expect(isDay('2026-02-28')).toBe(true)
  for (const no of ['2026-02-30', '2026-2-3', '', undefined]) expect(isDay(no)).toBe(false)
})

it('titles are written in the language of the page', () => {
  expect(spanTitle('month', '2026-03-02', 'zh')).toBe('2026年3月')
  expect(spanTitle('week', '2026-03-04', 'zh')).toBe('2026 · 3月2日 – 3月8日')
  expect(spanTitle('week', '2026-03-04', 'en')).toBe('2026 · 2 Mar – 8 Mar')
})
