import type { Text } from '@/kit/text'

/** A customer named in a cell of a simulation's movement matrix. */
export interface CellCustomer {
  id: string
  code: string
  name: string
  score: string
  reason: string
  /** What moves the customer: what it was by the version in force, and what it is by the one tried out. */
  reasons: { title: Text; before: Text; after: Text }[]
}

/** How the duties and the hours of a year change for the owner of customers, or for another post. */
export interface Effort {
  role: string
  owner: string
  duties: number
  hours: number
}

/** One cell: how many would go from one code to another ('' is no grade), and the first of them by code. */
export interface Cell {
  from: string
  to: string
  direction: number
  count: number
  customers: CellCustomer[]
}

/** Who would move in one scheme. */
export interface Moves {
  /** Its id. */
  scheme: string
  graded: number
  withoutVerdict: number
  changed: number
  cells: Cell[]
}

/** What a simulation found, read from the result of its job. */
export interface Simulation {
  version: string
  asOf: string
  inScope: number
  /** Every scheme, the first first; never empty. */
  schemes: [Moves, ...Moves[]]
  /** Change of the duties and hours of a year, and for whom. */
  duties: number
  hours: number
  efforts: Effort[]
}

type Raw = Record<string, unknown>
const raw = (v: unknown): Raw => (typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Raw) : {})
const list = (v: unknown): unknown[] => (Array.isArray(v) ? v : [])
const text = (v: unknown): string => (typeof v === 'string' ? v : '')
const count = (v: unknown): number => (typeof v === 'number' && Number.isFinite(v) ? v : 0)

/** readSimulation reads a job's result; undefined when it is not that of a simulation. */
export function readSimulation(result: unknown): Simulation | undefined {
  const r = raw(result)
  if (!Array.isArray(r.cells)) return undefined
  // Where there is one scheme only, its moves are the result's own.
  const [first, ...others] = list(r.schemes).map((s) => movesOf(raw(s)))
  return {
    version: text(r.version),
    asOf: text(r.as_of),
    inScope: count(r.in_scope),
    schemes: [first ?? movesOf(r), ...others],
    duties: count(r.duties_change),
    hours: count(r.hours_change),
    efforts: list(r.effort_changes).map((x) => {
      const e = raw(x)
      return {
        role: text(e.role),
        owner: text(e.owner_name),
        duties: count(e.duties_change),
        hours: count(e.hours_change),
      }
    }),
  }
}

const movesOf = (m: Raw): Moves => ({
  scheme: text(m.scheme),
  graded: count(m.graded),
  withoutVerdict: count(m.without_verdict),
  changed: count(m.changed),
  cells: list(m.cells).map((c) => cellOf(raw(c))),
})

const words = (v: unknown): Text => ({ zh: text(raw(v).zh), en: text(raw(v).en) })

function cellOf(c: Raw): Cell {
  return {
    from: text(c.from),
    to: text(c.to),
    direction: count(c.direction),
    count: count(c.count),
    customers: list(c.customers).map((x) => {
      const m = raw(x)
      return {
        id: text(m.id),
        code: text(m.code),
        name: text(m.name),
        score: text(m.score),
        reason: text(m.reason),
        reasons: list(m.reasons).map((x) => {
          const w = raw(x)
          return { title: words(w.title), before: words(w.before), after: words(w.after) }
        }),
      }
    }),
  }
}

/** The name of a cell in the URL. */
export const cellKey = (c: { from: string; to: string }): string => `${c.from}>${c.to}`

/** changes counts how many would rise and fall. */
export function changes(cells: Cell[]): { up: number; down: number; other: number } {
  const sum = (want: (c: Cell) => boolean) => cells.filter(want).reduce((n, c) => n + c.count, 0)
  return {
    up: sum((c) => c.direction > 0),
    down: sum((c) => c.direction < 0),
    other: sum((c) => c.direction === 0 && c.from !== c.to),
  }
}

/** codesOf lists the grades of a matrix whose scheme is not at hand, in the order of its cells. */
export const codesOf = (cells: Cell[]): string[] =>
  [...new Set([...cells.map((c) => c.from), ...cells.map((c) => c.to)])].filter((c) => c !== '')
