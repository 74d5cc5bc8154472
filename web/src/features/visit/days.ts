/** Civil days `YYYY-MM-DD` and the spans a calendar shows. */

export const views = ['day', 'week', 'month'] as const
export type CalendarView = (typeof views)[number]

const DAY_MS = 86_400_000
const WEEK = 7
/** Rows of a month: its weeks with the days around it. */
const MOST_WEEKS = 6

const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const civilOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** isDay tells whether a text is a day that exists. */
export const isDay = (v: string | undefined): v is string =>
  v !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(v) && !Number.isNaN(utc(v)) && civilOf(utc(v)) === v

/** addDays gives the day so many days later, or earlier. */
export const addDays = (day: string, n: number): string => civilOf(utc(day) + n * DAY_MS)

/** mondayOf gives the first day of the week a day lies in. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(utc(day)).getUTCDay() + 6) % WEEK))

/** monthStart gives the first day of the month, moved by some months. */
export function monthStart(day: string, by = 0): string {
  const d = new Date(utc(day))
  return civilOf(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + by, 1))
}

/** spanOf gives the first and the last day a view shows; a month comes in whole weeks. */
export function spanOf(view: CalendarView, on: string): { from: string; to: string } {
  if (view === 'day') return { from: on, to: on }
  if (view === 'week') return { from: mondayOf(on), to: addDays(mondayOf(on), WEEK - 1) }
  const from = mondayOf(monthStart(on))
  const last = addDays(monthStart(on, 1), -1)
  const to = addDays(mondayOf(last), WEEK - 1)
  return { from, to: to > addDays(from, MOST_WEEKS * WEEK - 1) ? addDays(from, MOST_WEEKS * WEEK - 1) : to }
}

/** stepped gives the day a view shows after going forward or back by one. */
export function stepped(view: CalendarView, on: string, by: 1 | -1): string {
  if (view === 'month') return monthStart(on, by)
  return addDays(on, view === 'week' ? by * WEEK : by)
}

/** daysOf lists the days from one to another. */
export function daysOf(from: string, to: string): string[] {
  const out: string[] = []
  for (let d = from; d <= to; d = addDays(d, 1)) out.push(d)
  return out
}

/** weekdayText writes a day of the week: 周一, Mon. */
export const weekdayText = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(utc(day))

/** dayTitle writes a day with its day of the week: 3月2日 周一, 2 Mar Mon. */
export const dayTitle = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    month: locale === 'zh' ? 'long' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(utc(day))

/** spanTitle writes what a view shows: a month by its name, else its days. */
export function spanTitle(view: CalendarView, on: string, locale: string): string {
  const lang = locale === 'zh' ? 'zh-CN' : 'en-GB'
  if (view === 'month')
    return new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(utc(on))
  const { from, to } = spanOf(view, on)
  const year = `${on.slice(0, 4)} · `
  if (view === 'day') return `${year}${dayTitle(on, locale)} ${weekdayText(on, locale)}`
  return `${year}${dayTitle(from, locale)} – ${dayTitle(to, locale)}`
}
