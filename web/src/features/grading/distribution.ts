import type { ChartSpec } from '@/kit/chartSpec'
import type { MatrixCell } from '@/kit/Matrix'

/** How many customers each code had on a day; '' = without a verdict. */
export interface DayMix {
  as_of: string
  counts: Record<string, number>
}

/** bpText writes hundredths of a per cent: 337 is `3.4%`, half to even. */
export function bpText(bp: number): string {
  const tenths = Math.floor(bp / 10)
  const rest = bp - tenths * 10
  const up = rest > 5 || (rest === 5 && tenths % 2 === 1)
  const n = tenths + (up ? 1 : 0)
  return `${Math.floor(n / 10)}.${n % 10}%`
}

/** widest is the largest count, at least 1, to scale bars by. */
export const widest = (rows: { count: number }[]): number => Math.max(1, ...rows.map((r) => r.count))

/** mixSpec draws how the customers of each run were spread over the grades. */
export function mixSpec(
  history: DayMix[],
  codes: string[],
  words: { label: string; axis: string; grade: (code: string) => string; num: (n: number) => string },
): ChartSpec {
  const used = [...codes, ''].filter((c) => history.some((r) => countOf(r, c) > 0))
  return {
    label: words.label,
    axis: words.axis,
    categories: history.map((r) => r.as_of),
    series: used.map((c) => ({
      name: words.grade(c),
      kind: 'bar',
      stack: 'mix',
      values: history.map((r) => countOf(r, c)),
    })),
    format: words.num,
  }
}

const countOf = (r: DayMix, code: string): number => r.counts[code] ?? 0

/** movedTotals counts who went up, down, and in or out of the grades. */
export function movedTotals(cells: MatrixCell[]): { up: number; down: number; first: number; aside: number } {
  const sum = (want: (c: MatrixCell) => boolean) => cells.filter(want).reduce((n, c) => n + c.count, 0)
  return {
    up: sum((c) => c.direction > 0),
    down: sum((c) => c.direction < 0),
    first: sum((c) => c.from === '' && c.to !== ''),
    aside: sum((c) => c.from !== '' && c.to === ''),
  }
}

/** directionOf is the filter of the list behind a cell of the matrix. */
export function directionOf(c: MatrixCell): 'up' | 'down' | 'first' | 'aside' | 'changed' {
  if (c.direction > 0) return 'up'
  if (c.direction < 0) return 'down'
  if (c.from === '') return 'first'
  return c.to === '' ? 'aside' : 'changed'
}
