import { describe, expect, it } from 'vitest'
import { dutiesBy, exportBy, monthOf, numberOf } from './by'

const days = { from: '2026-01-15', to: '2026-12-31' }
const tally = { due: 4, kept: 2, late: 1, missed: 1, waived: 0, open: 0, rate: '50.0' }

describe('compliance by dimensions', () => {
  it('narrows the period to a month', () => {
    expect(monthOf(days, '2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(monthOf(days, '2026-01')).toEqual({ from: '2026-01-15', to: '2026-01-31' })
  })
  it('leads to the list behind a number, by who answered for it', () => {
    expect(dutiesBy('dealer', days, { department: '7', grade: 'A', month: '2026-03' }, 'missed').filter).toEqual([
      'rulebook:in:dealer',
      'due:between:2026-03-01,2026-03-31',
      'as_due:is:true',
      'state:in:missed',
      'grade:in:A',
      'due_unit:in:7',
    ])
  })
  it('shows nothing where nothing was due', () => {
    expect(numberOf(tally, 'rate')).toBe('50.0%')
    expect(numberOf(tally, 'missed')).toBe(1)
    expect(numberOf({ ...tally, due: 0 }, 'due')).toBeUndefined()
    expect(numberOf({ ...tally, rate: '' }, 'rate')).toBeUndefined()
  })
  it('exports what is shown', () => {
    expect(exportBy('dealer', { by: 'clause', across: undefined, from: '2026-01-01', to: '2026-12-31' }, 'zh')).toBe(
      '/api/v1/rulebooks/dealer/comply/by/export?by=clause&from=2026-01-01&to=2026-12-31&format=xlsx&lang=zh',
    )
  })
})
