import { describe, expect, it } from 'vitest'
import { boundOf, fresh, isComplete, withBound, withWork } from './data'

describe('measures of a segment', () => {
  it('have one bound at a time', () => {
    const m = withBound(withBound(fresh(), 'at_least', '1000'), 'below', '5')
    expect(boundOf(m)).toEqual({ op: 'below', value: '5' })
    expect('at_least' in m).toBe(false)
  })
  it('lose field and currency with the work that needed them', () => {
    expect(withWork(fresh(), 'count:')).toEqual({ do: 'count', of: ['order'], window: 'P12M', at_least: '' })
    expect(withWork(withWork(fresh(), 'count:'), 'max:amount')).toMatchObject({
      do: 'max',
      field: 'amount',
      unit: 'CNY',
    })
  })
  it('are complete with a bound', () => {
    expect(isComplete({ conditions: [], measures: [] })).toBe(false)
    expect(isComplete({ conditions: [], measures: [fresh()] })).toBe(false)
    expect(isComplete({ conditions: [], measures: [withBound(fresh(), 'above', '0')] })).toBe(true)
    expect(isComplete({ conditions: ['status:in:active'], measures: [] })).toBe(true)
  })
})
