import type { Schemas } from '@/api/client'

export type FlowDefinition = Schemas['FlowDefinition']
export type FlowStep = Schemas['FlowStep']

/** The box a picture begins with; forms call the start form so too. */
export const START = 'start'

/** One way on from a step. */
export interface FlowWay {
  from: string
  /** A step or an end. */
  to: string
  kind: 'next' | 'rejected'
  /** The condition as written; empty where it is taken whatever is answered. */
  when?: string
  /** The last of several: taken when no condition held. */
  otherwise?: boolean
  clause?: string
}

/** All ways between two boxes, drawn as one arrow. */
export interface FlowArrow {
  from: string
  to: string
  ways: FlowWay[]
  /** It leads to a box that stands higher. */
  back: boolean
}

export interface FlowGraph {
  /** Boxes in reading order, the start first; steps inside a composite are not among them. */
  nodes: string[]
  arrows: FlowArrow[]
  /** Row of each box, the start in row 0. */
  row: Map<string, number>
  /** Place in the row; 0 is the main way. */
  column: Map<string, number>
}

/** membersOf lists the steps that stand inside a composite. */
export const membersOf = (def: FlowDefinition): Set<string> =>
  new Set((def.steps ?? []).flatMap((s) => s.together ?? []))

/** waysOf lists the ways between steps and ends as a case takes them; a step without any goes on with the next in the list. */
export function waysOf(def: FlowDefinition): FlowWay[] {
  const inside = membersOf(def)
  const steps = (def.steps ?? []).filter((s) => !inside.has(s.key))
  const ways: FlowWay[] = steps[0] ? [{ from: START, to: steps[0].key, kind: 'next' }] : []
  steps.forEach((s, i) => {
    const follow = steps[i + 1]?.key ?? ''
    const next: Schemas['FlowBranch'][] = s.next?.length ? s.next : [{}]
    for (const b of next) {
      const to = b.to || follow
      if (to)
        ways.push({
          from: s.key,
          to,
          kind: 'next',
          when: b.when,
          otherwise: !b.when && next.length > 1,
          clause: b.clause,
        })
      if (!b.when) break
    }
    if (s.rejected) ways.push({ from: s.key, to: s.rejected, kind: 'rejected' })
  })
  return ways
}

/** graphOf puts the boxes of a procedure into rows and columns. */
export function graphOf(def: FlowDefinition): FlowGraph {
  const inside = membersOf(def)
  const known = new Set([START, ...(def.steps ?? []).map((s) => s.key), ...(def.ends ?? []).map((e) => e.key)])
  const ways = waysOf(def).filter((w) => known.has(w.to))
  const all = [
    START,
    ...(def.steps ?? []).filter((s) => !inside.has(s.key)).map((s) => s.key),
    ...(def.ends ?? []).map((e) => e.key),
  ]
  const arrows = join(ways)
  markBack(all, arrows)
  const row = rowsOf(all, arrows)
  const column = columnsOf(all, arrows, row)
  const nodes = [...all].sort((a, b) => at(row, a) - at(row, b) || at(column, a) - at(column, b))
  return { nodes, arrows, row, column }
}

const at = (m: Map<string, number>, key: string): number => m.get(key) ?? 0

function join(ways: FlowWay[]): FlowArrow[] {
  const arrows = new Map<string, FlowArrow>()
  for (const w of ways) {
    const key = `${w.from}>${w.to}`
    const known = arrows.get(key)
    if (known) known.ways.push(w)
    else arrows.set(key, { from: w.from, to: w.to, ways: [w], back: false })
  }
  return [...arrows.values()]
}

/** markBack finds the arrows that close a circle, walked from the start. */
function markBack(nodes: string[], arrows: FlowArrow[]) {
  const state = new Map<string, 'open' | 'done'>()
  const visit = (node: string) => {
    state.set(node, 'open')
    for (const a of arrows) {
      if (a.from !== node) continue
      const seen = state.get(a.to)
      if (seen === 'open') a.back = true
      else if (!seen) visit(a.to)
    }
    state.set(node, 'done')
  }
  for (const n of nodes) if (!state.has(n)) visit(n)
}

/** rowsOf puts every box below all that lead to it. */
function rowsOf(nodes: string[], arrows: FlowArrow[]): Map<string, number> {
  const row = new Map<string, number>()
  const of = (node: string): number => {
    const known = row.get(node)
    if (known !== undefined) return known
    const above = arrows.filter((a) => !a.back && a.to === node).map((a) => of(a.from))
    // What nothing leads to stands below the start, where its finding is seen.
    const own = node === START ? 0 : Math.max(0, ...above) + 1
    row.set(node, own)
    return own
  }
  for (const n of nodes) of(n)
  return row
}

/** columnsOf keeps the longest way straight and puts everything else beside it, below what leads to it. */
function columnsOf(nodes: string[], arrows: FlowArrow[], row: Map<string, number>): Map<string, number> {
  const column = new Map<string, number>()
  const taken = new Set<string>()
  const put = (node: string, c: number) => {
    column.set(node, c)
    taken.add(`${at(row, node)}/${c}`)
  }
  for (const n of longestWay(nodes, arrows, row)) put(n, 0)
  for (const n of [...nodes].sort((a, b) => at(row, a) - at(row, b))) {
    if (column.has(n)) continue
    const parent = arrows.find((a) => a.to === n && !a.back && at(row, a.from) === at(row, n) - 1)
    let c = Math.max(1, parent ? at(column, parent.from) : 1)
    while (taken.has(`${at(row, n)}/${c}`)) c++
    put(n, c)
  }
  return column
}

function longestWay(nodes: string[], arrows: FlowArrow[], row: Map<string, number>): string[] {
  let node = nodes.reduce((best, n) => (at(row, n) > at(row, best) ? n : best), START)
  const way = [node]
  while (node !== START) {
    const above = arrows.find((a) => !a.back && a.to === node && at(row, a.from) === at(row, node) - 1)
    if (!above) break
    node = above.from
    way.push(node)
  }
  return way
}
