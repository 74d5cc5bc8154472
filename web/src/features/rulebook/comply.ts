import { formatFilter, spanDates } from '@/kit/filters'
import type { ComplyPeriod } from './routes'

/** The states of duties that are counted, in the order in which they are shown. */
export const tallied = ['kept', 'late', 'missed', 'waived', 'open'] as const
export type Tallied = (typeof tallied)[number]

/** A period of civil days, both included. */
export interface Days {
  from: string
  to: string
}

/** complyDays resolves a choice to its days, seen from `today`; a day of one's own that is not chosen is that of the year. */
export function complyDays(period: ComplyPeriod | undefined, own: Partial<Days>, today: string): Days {
  const [first, last] = spanDates(period === 'month' || period === 'quarter' ? `this_${period}` : 'this_year', today)
  return period === 'custom' ? { from: own.from ?? first, to: own.to ?? last } : { from: first, to: last }
}

/** dutiesOf gives the search of the list behind a number: the duties of a rulebook, or of one of its clauses, in a period, by who answered for them then. */
export function dutiesOf(rulebook: string, days: Days, clause?: string, state?: Tallied) {
  return {
    tab: 'every' as const,
    whose: 'all' as const,
    filter: [
      formatFilter({ field: 'rulebook', op: 'in', values: [rulebook] }),
      formatFilter({ field: 'due', op: 'between', values: [days.from, days.to] }),
      formatFilter({ field: 'as_due', op: 'is', values: ['true'] }),
      ...(clause ? [formatFilter({ field: 'clause', op: 'is', values: [clause] })] : []),
      ...(state ? [formatFilter({ field: 'state', op: 'in', values: [state] })] : []),
    ],
  }
}

/** exportOf gives the address of the same as a file. */
export const exportOf = (rulebook: string, days: Days, format: 'csv' | 'xlsx', lang: string): string =>
  `/api/v1/rulebooks/${encodeURIComponent(rulebook)}/comply/export?${new URLSearchParams({ ...days, format, lang })}`
