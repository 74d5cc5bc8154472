import type { Schemas } from '@/api/client'
import { type Duty, isOwed } from '@/kit/duties'

export type Workbench = Schemas['WorkbenchView']
type Grades = Schemas['WorkbenchCustomersView']['grades']

/**
 * settle shows a changed duty where it stands and corrects the counts of what is still owed; the person sees the
 * effect at once and can take it back in place. What is not on the page changes nothing.
 */
export function settle(w: Workbench, after: Duty): Workbench {
  const lists = [w.overdue, w.due_today, w.due_next, w.due_week]
  const before = lists.flat().find((d) => d.id === after.id)
  if (!before) return w
  const put = (list: Duty[]) => list.map((d) => (d.id === after.id ? after : d))
  const step = Number(isOwed(after)) - Number(isOwed(before))
  const late = before.due_on < w.today
  const inWeek = !late && before.due_on <= weekEnd(w.today)
  const counts = {
    ...w.counts,
    overdue: w.counts.overdue + (late ? step : 0),
    today: w.counts.today + (before.due_on === w.today ? step : 0),
    week: w.counts.week + (inWeek ? step : 0),
  }
  return {
    ...w,
    counts,
    overdue: put(w.overdue),
    due_today: put(w.due_today),
    due_next: put(w.due_next),
    due_week: put(w.due_week),
  }
}

/** weekEnd is the Sunday of a day's week. */
export function weekEnd(day: string): string {
  const d = new Date(`${day}T00:00:00Z`)
  d.setUTCDate(d.getUTCDate() + ((7 - d.getUTCDay()) % 7))
  return d.toISOString().slice(0, 10)
}

/** schemesOf groups the counts per grade by their scheme, in the order given. */
export function schemesOf(grades: Grades): { scheme: string; rows: Grades; total: number }[] {
  const out = new Map<string, Grades>()
  for (const g of grades) out.set(g.scheme, [...(out.get(g.scheme) ?? []), g])
  return [...out].map(([scheme, rows]) => ({ scheme, rows, total: rows.reduce((n, r) => n + r.customers, 0) }))
}

/** dayText writes a civil date with its weekday. */
export function dayText(day: string, locale: string): string {
  const [y, m, d] = day.split('-').map(Number)
  const format = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  })
  return format.format(new Date(y ?? 0, (m ?? 1) - 1, d))
}

/** nextOf is the duty to take up now: the oldest that is overdue, else the next that may be done. */
export const nextOf = (w: Workbench): Duty | undefined =>
  [...w.overdue, ...w.due_today, ...w.due_next, ...w.due_week].find((d) => isOwed(d) && d.may_do)
