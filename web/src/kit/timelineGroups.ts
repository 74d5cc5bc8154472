import type { ReactNode } from 'react'
import { civil, isCivil, toDate } from './format'

/** One thing that happened. `at` is a civil date, RFC 3339 or microseconds since 1970. */
export interface TimelineEntry {
  id: string
  at: string | number
  /** Which filter it belongs to. */
  kind: string
  title: string
  detail?: string
  by?: string
  /** Right of the title, for example an amount. */
  note?: string
  /** Changed fields; entries that consist of changes only are folded together. */
  changes?: { field: string; from: string; to: string }[]
  /** Below the words: files, a button that explains. */
  extra?: ReactNode
}

/** A run of entries of one day: shown one by one, or folded when they are all changes of fields. */
export interface TimelineRun {
  folded: boolean
  entries: TimelineEntry[]
}

export interface TimelineDay {
  day: string
  runs: TimelineRun[]
}

/** dayOf is the civil day of an entry in the browser's zone. */
export const dayOf = (at: string | number): string => (typeof at === 'string' && isCivil(at) ? at : civil(toDate(at)))

const FOLD_FROM = 2

/** groupByDay keeps the given order, puts entries of one day together and folds neighbouring changes of fields. */
export function groupByDay(entries: TimelineEntry[]): TimelineDay[] {
  const days: TimelineDay[] = []
  for (const e of entries) {
    const day = dayOf(e.at)
    let last = days.at(-1)
    if (last?.day !== day) {
      last = { day, runs: [] }
      days.push(last)
    }
    const change = (e.changes?.length ?? 0) > 0
    const run = last.runs.at(-1)
    if (change && run?.folded) run.entries.push(e)
    else last.runs.push({ folded: change, entries: [e] })
  }
  for (const d of days) for (const r of d.runs) r.folded = r.folded && r.entries.length >= FOLD_FROM
  return days
}
