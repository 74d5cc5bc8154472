import { describe, expect, it } from 'vitest'
import { before, lastMonths } from './months'

describe('months', () => {
  it('go back over the turn of the year', () => {
    expect(before('2026-01', 1)).toBe('2025-12')
    expect(before('2026-03', 14)).toBe('2025-01')
    expect(before('2026-12', 0)).toBe('2026-12')
  })
  it('are listed newest first', () => {
    expect(lastMonths('2026-02', 3)).toEqual(['2026-02', '2026-01', '2025-12'])
  })
})
