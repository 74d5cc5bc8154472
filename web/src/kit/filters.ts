import type { ComponentType } from 'react'

/** How one field of a list can be filtered. */
export interface FilterField {
  key: string
  /** Already translated. */
  label: string
  kind: 'choice' | 'text' | 'number' | 'money' | 'date' | 'yes'
  options?: { value: string; label: string }[]
  /** Offers "is empty" and "is not empty". */
  nullable?: boolean
  /** A choice of one: the only operator is `is`. */
  single?: boolean
  /** The only operators there are, where not all of the kind make sense. */
  operators?: Op[]
  /** Chooses the values of a choice too large for a list of options; give the words of chosen ones in `options`. */
  editor?: ComponentType<{ values: string[]; onChange: (v: string[]) => void }>
}

export type Op = 'in' | 'not_in' | 'contains' | 'is' | 'gte' | 'lte' | 'between' | 'within' | 'empty' | 'not_empty'

/** One condition; all conditions of a list hold at once. */
export interface Filter {
  field: string
  op: Op
  values: string[]
}

const byKind: Record<FilterField['kind'], Op[]> = {
  choice: ['in', 'not_in'],
  text: ['contains', 'is'],
  number: ['gte', 'lte', 'between'],
  money: ['gte', 'lte', 'between'],
  date: ['within', 'gte', 'lte', 'between'],
  yes: ['is'],
}

/** operators lists what can be asked of a field, the usual one first. */
export const operators = (f: FilterField): Op[] => {
  const ops: Op[] = f.operators ?? (f.single ? ['is'] : byKind[f.kind])
  return f.nullable ? [...ops, 'empty', 'not_empty'] : ops
}

const known = new Set<string>([
  'in',
  'not_in',
  'contains',
  'is',
  'gte',
  'lte',
  'between',
  'within',
  'empty',
  'not_empty',
])

/** formatFilter writes a condition for the URL and the API: `grade:in:A,B`; commas and backslashes in values are escaped. */
export function formatFilter(f: Filter): string {
  return `${f.field}:${f.op}:${f.values.map((v) => v.replace(/[\\,]/g, (c) => `\\${c}`)).join(',')}`
}

/** parseFilter reads what formatFilter wrote; undefined when it is not a condition. */
export function parseFilter(text: string): Filter | undefined {
  const m = /^([\w.]+):(\w+):([\s\S]*)$/.exec(text)
  if (!m || !known.has(m[2] ?? '')) return undefined
  const values = m[3] === '' ? [] : splitValues(m[3] ?? '')
  return { field: m[1] ?? '', op: m[2] as Op, values }
}

function splitValues(text: string): string[] {
  const out = ['']
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '\\' && i + 1 < text.length) out.push((out.pop() ?? '') + text[++i])
    else if (c === ',') out.push('')
    else out.push((out.pop() ?? '') + c)
  }
  return out
}

/** parseFilters reads the conditions of a URL, dropping what is not one. */
export const parseFilters = (texts: string[] | undefined): Filter[] =>
  (texts ?? []).map(parseFilter).filter((f) => f !== undefined)

/** isComplete tells whether a condition has the values its operator needs. */
export function isComplete(f: Filter): boolean {
  if (f.op === 'empty' || f.op === 'not_empty') return true
  if (f.op === 'between') return f.values.length === 2 && f.values.every((v) => v !== '')
  return f.values.length > 0 && f.values[0] !== ''
}

/** Relative dates, in the order they are offered. */
export const spans = [
  'today',
  'this_week',
  'this_month',
  'this_quarter',
  'this_year',
  'last_30_days',
  'last_90_days',
  'last_12_months',
] as const
export type Span = (typeof spans)[number]

/** spanDates resolves a relative date to its first and last civil day, seen from `today`; weeks begin on Monday. */
export function spanDates(span: Span, today: string): [string, string] {
  const y = Number(today.slice(0, 4))
  const m = Number(today.slice(5, 7)) - 1
  const d = Number(today.slice(8, 10))
  const day = (yy: number, mm: number, dd: number) => new Date(Date.UTC(yy, mm, dd)).toISOString().slice(0, 10)
  const monday = d - ((new Date(Date.UTC(y, m, d)).getUTCDay() + 6) % 7)
  const quarter = m - (m % 3)
  const table: Record<Span, [string, string]> = {
    today: [today, today],
    this_week: [day(y, m, monday), day(y, m, monday + 6)],
    this_month: [day(y, m, 1), day(y, m + 1, 0)],
    this_quarter: [day(y, quarter, 1), day(y, quarter + 3, 0)],
    this_year: [day(y, 0, 1), day(y, 11, 31)],
    last_30_days: [day(y, m, d - 29), today],
    last_90_days: [day(y, m, d - 89), today],
    last_12_months: [day(y - 1, m, d + 1), today],
  }
  return table[span]
}

/** minorOf turns what a person typed (`1,234.5`) into minor units as text; '' when it is no amount. Full-width digits are read. */
export function minorOf(typed: string, decimals = 2): string {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '')
  const m = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plain)
  if (!m || (m[3] ?? '').length > decimals) return ''
  return BigInt(`${m[1]}${m[2]}${(m[3] ?? '').padEnd(decimals, '0')}`).toString()
}

/** majorOf is the inverse of minorOf, without separators. */
export function majorOf(minor: string, decimals = 2): string {
  if (!/^-?\d+$/.test(minor)) return ''
  const negative = minor.startsWith('-')
  const digits = minor.replace('-', '').padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  const fraction = digits.slice(cut).replace(/0+$/, '')
  return `${negative ? '-' : ''}${digits.slice(0, cut)}${fraction ? `.${fraction}` : ''}`
}

/** dayRange gives the first and last day a condition on a date lets through. */
export function dayRange(f: Filter, today: string): { from?: string; to?: string } {
  const [a, b] = f.values
  if (f.op === 'within') {
    const [from, to] = spanDates(a as Span, today)
    return { from, to }
  }
  if (f.op === 'gte') return { from: a }
  if (f.op === 'lte') return { to: a }
  return { from: a, to: b }
}
