import { describe, expect, it } from 'vitest'
import { complyDays, dutiesOf, exportOf } from './comply'

const today = '2026-11-22'

describe('the compliance of a rulebook', () => {
  it('is of whole months, quarters and years', () => {
    expect(complyDays('month', {}, today)).toEqual({ from: '2026-11-01', to: '2026-11-30' })
    expect(complyDays('quarter', {}, today)).toEqual({ from: '2026-10-01', to: '2026-12-31' })
    expect(complyDays(undefined, {}, today)).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  })
  it('is of days of one’s own only where that is chosen', () => {
    const own = { from: '2025-02-01' }
    expect(complyDays('custom', own, today)).toEqual({ from: '2025-02-01', to: '2026-12-31' })
    expect(complyDays('year', own, today).from).toBe('2026-01-01')
  })
  it('leads to the list behind a number', () => {
    const days = { from: '2026-01-01', to: '2026-12-31' }
    expect(dutiesOf('dealer', days, '7.6', 'late')).toEqual({
      tab: 'every',
      whose: 'all',
      filter: [
        'rulebook:in:dealer',
        'due:between:2026-01-01,2026-12-31',
        'as_due:is:true',
        'clause:is:7.6',
        'state:in:late',
      ],
    })
    expect(dutiesOf('dealer', days).filter).toHaveLength(3)
    expect(exportOf('dealer', days, 'csv', 'zh')).toBe(
      '/api/v1/rulebooks/dealer/comply/export?from=2026-01-01&to=2026-12-31&format=csv&lang=zh',
    )
  })
})
