/** before gives the month that lies some months before one: before('2026-01', 1) is 2025-12. */
export function before(month: string, months: number): string {
  const [y = 0, m = 1] = month.split('-').map(Number)
  const all = y * 12 + (m - 1) - months
  return `${String(Math.floor(all / 12)).padStart(4, '0')}-${String((((all % 12) + 12) % 12) + 1).padStart(2, '0')}`
}

/** lastMonths gives so many months up to one, the newest first. */
export const lastMonths = (newest: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => before(newest, i))
