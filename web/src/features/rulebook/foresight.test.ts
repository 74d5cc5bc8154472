import { describe, expect, it } from 'vitest'
import { hoursOf, limitedByRule, overloaded, type PersonLoad, readForesight, roomOf, sumOf } from './foresight'

const month = (minutes: number, other_minutes: number, days: number) => ({
  duties: 1,
  minutes,
  other_duties: 2,
  other_minutes,
  days,
})

describe('a foresight', () => {
  it('is read from the result of its job', () => {
    const f = readForesight({
      version: '1.0.0',
      from: '2026-03-02',
      to: '2027-02-28',
      customers: 3,
      duties: 2,
      minutes: 150,
      months: ['2026-03-01', '2026-04-01'],
      people: [{ owner_id: '7', owner_name: '林', months: [month(90, 0, 22), month(60, 30, 0)] }],
      others: 1,
      impossible: [{ clause: '6.2', rule: 'greet', grade: 'A', reason: 'no_date', count: 3, customers: ['C1'] }],
    })
    expect(f?.people[0]?.months[1]).toEqual({ duties: 1, minutes: 60, otherDuties: 2, other: 30, days: 0 })
    expect(f && limitedByRule(f)).toBe(false)
    expect(f?.impossible[0]).toMatchObject({ reason: 'no_date', occasion: '', customers: ['C1'] })
    expect(readForesight({ cells: [] })).toBeUndefined()
    expect(readForesight(null)).toBeUndefined()
  })

  it('says in which months there is too much to do', () => {
    const p: PersonLoad = {
      id: '7',
      name: '林',
      atMost: 0,
      months: [
        { duties: 1, minutes: 480, otherDuties: 0, other: 0, days: 1 },
        { duties: 1, minutes: 480, otherDuties: 1, other: 1, days: 1 },
        { duties: 1, minutes: 1, otherDuties: 0, other: 0, days: 0 },
      ],
    }
    expect(overloaded(p, 8)).toEqual([1, 2])
    expect(overloaded(p, 4)).toEqual([0, 1, 2])
    expect(overloaded({ ...p, id: '' }, 4)).toEqual([])
    expect(sumOf(p)).toEqual({ duties: 3, minutes: 961, otherDuties: 1, other: 1, days: 2 })
    expect(overloaded(p, 'duties')).toEqual([])
    expect(overloaded({ ...p, atMost: 1 }, 'duties')).toEqual([1, 2])
    expect(p.months.map((m) => roomOf({ ...p, atMost: 3 }, m, 'duties'))).toEqual([3, 3, 0])
    expect(hoursOf(961)).toBe(16)
  })
})
