import { describe, expect, it } from 'vitest'
import { formatFilter, isComplete, majorOf, minorOf, operators, parseFilter, parseFilters, spanDates } from './filters'

describe('filters in the URL', () => {
  it('survive a round trip, with commas and backslashes in values', () => {
    const f = { field: 'name', op: 'in' as const, values: ['甲,乙', 'a\\b', ''] }
    expect(parseFilter(formatFilter(f))).toEqual(f)
    expect(formatFilter({ field: 'grade', op: 'in', values: ['A', 'B'] })).toBe('grade:in:A,B')
  })
  it('drop what is no condition', () => {
    expect(
      parseFilters(['grade:in:A', 'nonsense', 'grade:drop:A', undefined as unknown as string].filter(Boolean)),
    ).toEqual([{ field: 'grade', op: 'in', values: ['A'] }])
  })
  it('know when a value is missing', () => {
    expect(isComplete({ field: 'x', op: 'between', values: ['1', ''] })).toBe(false)
    expect(isComplete({ field: 'x', op: 'empty', values: [] })).toBe(true)
    expect(isComplete({ field: 'x', op: 'in', values: [] })).toBe(false)
  })
  it('offer emptiness only where a field can be empty', () => {
    expect(operators({ key: 'd', label: 'd', kind: 'date', nullable: true })).toContain('empty')
    expect(operators({ key: 'd', label: 'd', kind: 'date' })).not.toContain('empty')
  })
})

describe('amounts that people type', () => {
  it('become minor units; separators and full-width digits are read', () => {
    expect(minorOf('1,234.5')).toBe('123450')
    expect(minorOf('１２３')).toBe('12300')
    expect(minorOf('-0.01')).toBe('-1')
  })
  it('are refused when they are no amount or too fine', () => {
    expect(minorOf('12.345')).toBe('')
    expect(minorOf('1e5')).toBe('')
    expect(minorOf('')).toBe('')
  })
  it('come back as they were', () => {
    for (const v of ['0', '0.05', '12', '-12.5']) expect(majorOf(minorOf(v))).toBe(v)
  })
})

describe('relative dates', () => {
  it('span weeks from Monday, months and quarters to their last day', () => {
    expect(spanDates('this_week', '2026-11-22')).toEqual(['2026-11-16', '2026-11-22'])
    expect(spanDates('this_month', '2028-02-10')).toEqual(['2028-02-01', '2028-02-29'])
    expect(spanDates('this_quarter', '2026-11-22')).toEqual(['2026-10-01', '2026-12-31'])
    expect(spanDates('last_30_days', '2026-03-01')).toEqual(['2026-01-31', '2026-03-01'])
  })
})
