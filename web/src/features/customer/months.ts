import type { Schemas } from '@/api/client'

type Month = Schemas['RecordMonthView']

/** The figures of one currency by month, for the chart: every month from `from` to `to` is there. */
export interface Monthly {
  currency: string
  months: string[]
  orders: number[]
  payments: number[]
}

/** monthsBetween lists the months from the one of `from` to the one of `to` (`YYYY-MM`). */
export function monthsBetween(from: string, to: string): string[] {
  const out: string[] = []
  let year = Number(from.slice(0, 4))
  let month = Number(from.slice(5, 7))
  const last = to.slice(0, 7)
  for (;;) {
    const at = `${year}-${String(month).padStart(2, '0')}`
    if (at > last) return out
    out.push(at)
    month++
    if (month > 12) {
      month = 1
      year++
    }
  }
}

/** byCurrency puts the sums of the API into rows of 24 months up to today, the currency with the most facts first. */
export function byCurrency(list: Month[], today: string): Monthly[] {
  const facts = new Map<string, number>()
  for (const m of list) facts.set(m.currency, (facts.get(m.currency) ?? 0) + m.facts)
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  const first = month === 12 ? `${year - 1}-01` : `${year - 2}-${String(month + 1).padStart(2, '0')}`
  const months = monthsBetween(first, today)
  const sum = (currency: string, kind: string) =>
    months.map((at) =>
      Number(list.find((m) => m.month === at && m.kind === kind && m.currency === currency)?.amount ?? 0),
    )
  return [...facts.entries()]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([currency]) => ({ currency, months, orders: sum(currency, 'order'), payments: sum(currency, 'payment') }))
}
