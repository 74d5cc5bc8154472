import type { Schemas } from '@/api/client'

type Cross = Pick<Schemas['GradingCrossView'], 'cells' | 'schemes'>

/** How many schemes can be laid across each other. */
export const MAX_CROSS = 3

/** countsOf finds the customers of a combination by its codes, one per line. */
export const countsOf = (cells: Cross['cells']): Map<string, number> =>
  new Map(cells.map((c) => [c.codes.join('\n'), c.count]))

/** shownOf adds up the combinations that have a place: a grade of its scheme in each. */
export function shownOf({ cells, schemes }: Cross): number {
  const has = (i: number, code: string) => schemes[i]?.labels?.some((l) => l.code === code)
  return cells.filter((c) => c.codes.every((code, i) => has(i, code))).reduce((sum, c) => sum + c.count, 0)
}

/** heatOf gives a number from 1 to 4 by how near a count is to the greatest. */
export const heatOf = (n: number, max: number): number => Math.max(1, Math.ceil((n / max) * 4))
