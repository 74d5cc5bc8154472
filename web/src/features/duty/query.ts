import type { paths } from '@/api/schema'
import { dayRange, type Filter } from '@/kit/filters'
import type { DutyTab } from './routes'

/** What the list of duties is asked for. */
export type DutyQuery = NonNullable<paths['/api/v1/duties']['get']['parameters']['query']>

const buckets: Partial<Record<DutyTab, DutyQuery['bucket']>> = {
  today: 'today',
  week: 'week',
  overdue: 'overdue',
  upcoming: 'upcoming',
  done: 'done',
}

/**
 * dutyQuery turns tab and conditions into the query of the API. `missed` lists what was not done in time, whether
 * it is still owed or was made up for later; `every` lists all, whatever became of it.
 */
export function dutyQuery(tab: DutyTab, mine: boolean, filters: Filter[], today: string): DutyQuery {
  const q: DutyQuery = {
    mine: mine || undefined,
    bucket: buckets[tab],
    state: tab === 'missed' ? ['missed', 'late'] : undefined,
  }
  for (const f of filters) {
    const values = f.values.filter((v) => v !== '')
    if (values.length === 0) continue
    narrow(q, f, values, tab, today)
  }
  return q
}

/** narrow adds one condition to a query. */
function narrow(q: DutyQuery, f: Filter, values: string[], tab: DutyTab, today: string): void {
  const field = choices.find((c) => c === f.field)
  if (field) {
    q[field] = values
    if (f.op === 'not_in') q.not = [...(q.not ?? []), field]
  } else if (f.field === 'clause') q.clause = values[0]
  else if (f.field === 'as_due') q.as_due = values[0] === 'true'
  else if (f.field === 'due_unit' || f.field === 'due_owner') q[f.field] = values
  else if (f.field === 'state' && tab === 'every') q.state = statesOf(f, values)
  else if (f.field === 'due') Object.assign(q, dayRange(f, today))
}

/** What became of a duty, in the order in which it is offered. */
export const dutyStates = ['open', 'missed', 'kept', 'late', 'waived'] as const

const statesOf = (f: Filter, values: string[]): string[] =>
  f.op === 'not_in' ? dutyStates.filter((s) => !values.includes(s)) : values

/** The conditions that take several values, and may be turned round. */
const choices = ['owner', 'unit', 'segment', 'activity', 'grade', 'rulebook'] as const

/** queryText writes a query for a download link. */
export function queryText(q: DutyQuery, more: Record<string, string>): string {
  const out = new URLSearchParams(more)
  for (const [k, v] of Object.entries(q)) {
    if (v === undefined || v === '') continue
    out.set(k, Array.isArray(v) ? v.join(',') : String(v))
  }
  return out.toString()
}
