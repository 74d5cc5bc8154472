import { expect, it } from 'vitest'
import { groupByDay, type TimelineEntry } from './timelineGroups'

const change = (id: string, at: string): TimelineEntry => ({
  id,
  at,
  kind: 'change',
  title: id,
  changes: [{ field: 'f', from: '', to: id }],
})
const visit = (id: string, at: string): TimelineEntry => ({ id, at, kind: 'visit', title: id })

it('puts entries of one day together and folds neighbouring changes only', () => {
  const days = groupByDay([
    visit('v', '2026-11-20'),
    change('a', '2026-11-20'),
    change('b', '2026-11-20'),
    visit('w', '2026-11-20'),
    change('c', '2026-11-20'),
    change('d', '2026-11-19'),
  ])
  expect(days.map((d) => d.day)).toEqual(['2026-11-20', '2026-11-19'])
  expect(days[0]?.runs.map((r) => [r.folded, r.entries.map((e) => e.id).join('')])).toEqual([
    [false, 'v'],
    [true, 'ab'],
    [false, 'w'],
    [false, 'c'],
  ])
  expect(days[1]?.runs[0]?.folded).toBe(false)
})
