import type { Schemas } from '@/api/client'
import { formatFilter } from '@/kit/filters'
import { type Days, dutiesOf, type Tallied } from './comply'
import type { ComplyDimension, ComplyNumber } from './routes'

type Tally = Schemas['ComplianceTally']

/** monthOf narrows a period to one of its months, `YYYY-MM`. */
export function monthOf(days: Days, month: string): Days {
  const [year, m] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year ?? 0, m ?? 0, 0)).toISOString().slice(0, 10)
  const first = `${month}-01`
  return { from: first > days.from ? first : days.from, to: last < days.to ? last : days.to }
}

/** A value of a dimension by its key. */
export type Chosen = Partial<Record<ComplyDimension, string>>

/** dutiesBy gives the search of the list behind a number: as those answered for it on its day. */
export function dutiesBy(rulebook: string, days: Days, of: Chosen, state?: Tallied) {
  const at = of.month ? monthOf(days, of.month) : days
  const list = dutiesOf(rulebook, at, of.clause, state)
  const add = (field: string, value: string | undefined) =>
    value === undefined ? [] : [formatFilter({ field, op: 'in', values: [value] })]
  return {
    ...list,
    filter: [
      ...list.filter,
      ...add('grade', of.grade),
      ...add('due_unit', of.department),
      ...add('due_owner', of.manager),
    ],
  }
}

/** numberOf gives the number that is shown, undefined where there is nothing to show. */
export function numberOf(t: Tally | undefined, shown: ComplyNumber): string | number | undefined {
  if (!t || t.due === 0) return undefined
  if (shown !== 'rate') return t[shown]
  return t.rate ? `${t.rate}%` : undefined
}

/** exportBy gives the address of the same as a file. */
export const exportBy = (rulebook: string, query: Record<string, string | undefined>, lang: string): string => {
  const said = Object.entries({ ...query, format: 'xlsx', lang }).filter((e): e is [string, string] => Boolean(e[1]))
  return `/api/v1/rulebooks/${encodeURIComponent(rulebook)}/comply/by/export?${new URLSearchParams(said)}`
}
