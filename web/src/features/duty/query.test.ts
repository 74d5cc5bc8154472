import { describe, expect, it } from 'vitest'
import { parseFilters } from '@/kit/filters'
import { dutyQuery, queryText } from './query'

const today = '2026-11-22'

describe('what the list of duties asks for', () => {
  it('is a bucket of days for most tabs', () => {
    expect(dutyQuery('overdue', true, [], today)).toEqual({ mine: true, bucket: 'overdue', state: undefined })
    expect(dutyQuery('today', false, [], today).mine).toBeUndefined()
  })
  it('is what was not in time, still owed or made up for, under missed', () => {
    expect(dutyQuery('missed', false, [], today)).toMatchObject({ bucket: undefined, state: ['missed', 'late'] })
  })
  it('carries all values of a field, turned round where asked, and resolves relative dates', () => {
    const q = dutyQuery(
      'upcoming',
      false,
      parseFilters(['activity:in:visit,call', 'grade:not_in:A', 'owner:in:me,none', 'due:within:this_month']),
      today,
    )
    expect(q).toMatchObject({
      activity: ['visit', 'call'],
      grade: ['A'],
      owner: ['me', 'none'],
      not: ['grade'],
      from: '2026-11-01',
      to: '2026-11-30',
    })
    expect(queryText(q, {})).toContain('activity=visit%2Ccall')
  })
  it('bounds the due day on one side or both', () => {
    expect(dutyQuery('done', false, parseFilters(['due:gte:2026-01-01']), today)).toMatchObject({ from: '2026-01-01' })
    expect(dutyQuery('done', false, parseFilters(['due:between:2026-01-01,2026-02-01']), today)).toMatchObject({
      to: '2026-02-01',
    })
    expect(dutyQuery('done', false, parseFilters(['activity:in:']), today).activity).toBeUndefined()
  })
  it('is one clause and some states of a period, as the compliance of a rulebook links to them', () => {
    const filters = parseFilters(['clause:is:7.6', 'state:in:kept', 'due:between:2026-01-01,2026-12-31'])
    expect(dutyQuery('every', false, filters, today)).toMatchObject({
      bucket: undefined,
      clause: '7.6',
      state: ['kept'],
      from: '2026-01-01',
      to: '2026-12-31',
    })
    expect(dutyQuery('every', false, parseFilters(['state:not_in:kept,late']), today).state).toEqual([
      'open',
      'missed',
      'waived',
    ])
    expect(dutyQuery('missed', false, filters, today).state).toEqual(['missed', 'late'])
  })
  it('is the same for a download', () => {
    const text = queryText(dutyQuery('missed', true, [], today), { format: 'csv' })
    expect(text).toBe('format=csv&mine=true&state=missed%2Clate')
  })
})
