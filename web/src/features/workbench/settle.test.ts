import { describe, expect, it } from 'vitest'
import type { Duty } from '@/kit/duties'
import { nextOf, schemesOf, settle, type Workbench } from './settle'

const duty = (id: string, due_on: string, state: Duty['state']): Duty => ({
  id,
  due_on,
  state,
  customer: { id: '1', code: 'C1', name: '甲公司', region: '', phone: '' },
  rulebook: 'r',
  version: '1',
  scheme: 's',
  grade: 'A',
  rule: 'visit',
  clause: '1',
  title: { zh: '拜访', en: 'Visit' },
  verdict_id: '',
  activity: 'visit',
  every: 'P1M',
  occasion: '',
  of_grade: false,
  waive_by: '',
  escalate_to: '',
  escalate_on: '',
  escalated_to: '',
  evidence: 'note',
  assumed: false,
  role: 'owner',
  owner_id: '1',
  owner_name: '林',
  due_owner: '',
  window_from: '2026-11-01',
  days_overdue: 0,
  done_on: '',
  done_at: '',
  done_by: '',
  done_by_name: '',
  note: '',
  reason: '',
  fact_id: '',
  files: [],
  appointment: false,
  may_do: true,
  may_waive: false,
  undo_until: '',
})

const view: Workbench = {
  today: '2026-11-18',
  counts: { today: 1, week: 3, overdue: 2, kept_month: 0, late_month: 0, missed_month: 2, kept_rate: '' },
  overdue: [duty('1', '2026-11-10', 'missed'), duty('2', '2026-11-11', 'missed')],
  due_today: [duty('3', '2026-11-18', 'open')],
  next_day: '',
  due_next: [],
  due_week: [duty('4', '2026-11-19', 'open'), duty('5', '2026-11-20', 'open')],
  imports: [],
  jobs: [],
}

describe('doing a duty on the workbench', () => {
  it('takes one of today off today and off the week', () => {
    const w = settle(view, duty('3', '2026-11-18', 'kept'))
    expect(w.counts).toMatchObject({ today: 0, week: 2, overdue: 2 })
    expect(w.due_today[0]?.state).toBe('kept')
  })
  it('takes a late one off what is overdue only', () => {
    expect(settle(view, duty('1', '2026-11-10', 'late')).counts).toMatchObject({ today: 1, week: 3, overdue: 1 })
  })
  it('is undone without a trace', () => {
    const done = settle(view, duty('4', '2026-11-19', 'kept'))
    expect(done.counts.week).toBe(2)
    expect(settle(done, duty('4', '2026-11-19', 'open'))).toEqual(view)
  })
  it('of the next working day counts in the week only while that day lies in it', () => {
    const saturday: Workbench = {
      ...view,
      today: '2026-11-21',
      next_day: '2026-11-23',
      due_next: [duty('6', '2026-11-23', 'open')],
    }
    expect(settle(saturday, duty('6', '2026-11-23', 'kept')).counts.week).toBe(3)
    const holiday = {
      ...saturday,
      today: '2026-11-22',
      next_day: '2026-11-25',
      due_next: [duty('6', '2026-11-22', 'open')],
    }
    expect(settle(holiday, duty('6', '2026-11-22', 'kept')).counts.week).toBe(2)
  })
  it('twice counts once, and a duty that is not on the page counts nothing', () => {
    const once = settle(view, duty('2', '2026-11-11', 'waived'))
    expect(settle(once, duty('2', '2026-11-11', 'waived')).counts.overdue).toBe(1)
    expect(settle(view, duty('99', '2026-11-18', 'kept'))).toBe(view)
  })
})

it('groups customers per grade by scheme', () => {
  const rows = [
    { scheme: 'a', code: 'A', customers: 2 },
    { scheme: 'b', code: 'X', customers: 5 },
    { scheme: 'a', code: '', customers: 1 },
  ]
  expect(schemesOf(rows).map((s) => [s.scheme, s.total, s.rows.length])).toEqual([
    ['a', 3, 2],
    ['b', 5, 1],
  ])
})

it('takes up what is overdue longest, then what is next, and nothing that is done or somebody else has to do', () => {
  const may = (id: string, state: Duty['state'], may_do: boolean) => ({ ...duty(id, '2026-11-18', state), may_do })
  const w = { ...view, overdue: [may('1', 'late', true)], due_today: [may('3', 'open', false)], due_week: [] }
  expect(nextOf(w)).toBeUndefined()
  expect(nextOf({ ...w, due_week: [may('5', 'open', true)] })?.id).toBe('5')
  expect(nextOf({ ...w, overdue: [may('2', 'missed', true)], due_week: [may('5', 'open', true)] })?.id).toBe('2')
})
