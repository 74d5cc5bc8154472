import { roomOf } from './fit'
import { type FlowArrow, type FlowDefinition, type FlowGraph, graphOf } from './flowGraph'

/** Sizes in the picture's own units, which are pixels where there is room. */
export const FLOW = { width: 204, height: 58, member: 44, head: 34, gap: 34, between: 36, lane: 18, side: 14 }

export interface FlowBox {
  key: string
  x: number
  y: number
  height: number
}

export interface FlowLine {
  arrow: FlowArrow
  path: string
  /** Where its words stand. */
  label: { x: number; y: number; anchor: 'start' | 'end' }
  /** Room for them, in Chinese characters. */
  room: number
}

export interface FlowDrawing {
  graph: FlowGraph
  width: number
  height: number
  boxes: FlowBox[]
  lines: FlowLine[]
}

/** How an arrow runs: down to the row below, or beside the boxes at the right (down) or left (back). */
interface Route {
  arrow: FlowArrow
  top: number
  bottom: number
  straight: boolean
  side: '' | 'left' | 'right'
  /** Leaves or enters at the side of the box because nothing stands between it and the margin. */
  sideOut: boolean
  sideIn: boolean
  lane: number
  outLane: number
  inLane: number
  out: number
}

const SIDE_ROOM = 8

/** layoutFlow places boxes and arrows; `words` are the words of an arrow, for which the margins keep room. */
export function layoutFlow(def: FlowDefinition, words: (a: FlowArrow) => string): FlowDrawing {
  const graph = graphOf(def)
  const routes = graph.arrows.map((a) => routeOf(graph, a))
  const rows = Math.max(...graph.row.values()) + 1
  const columns = Math.max(...graph.column.values()) + 1
  const lanes = laneGaps(graph, routes, rows)
  const left = margin(routes, 'left', words)
  const right = margin(routes, 'right', words)
  const inner = columns * FLOW.width + (columns - 1) * FLOW.gap
  const boxes = placeBoxes(def, graph, rows, lanes, left.width)
  const width = left.width + inner + right.width
  const pen: Pen = {
    boxes,
    rowEnd: rowEnds(graph, boxes, rows),
    rail: (side, lane) =>
      side === 'left' ? left.width - left.base - lane * FLOW.side : left.width + inner + right.base + lane * FLOW.side,
  }
  const lines = routes.map((r) => draw(r, graph, pen))
  const height = Math.max(...[...boxes.values()].map((b) => b.y + b.height)) + 1
  return { graph, width, height, boxes: [...boxes.values()], lines }
}

const num = (m: Map<string, number>, key: string): number => m.get(key) ?? 0

function routeOf(g: FlowGraph, arrow: FlowArrow): Route {
  const [from, to] = [num(g.row, arrow.from), num(g.row, arrow.to)]
  const [c, d] = [num(g.column, arrow.from), num(g.column, arrow.to)]
  const next = to === from + 1
  const side = next ? '' : to <= from ? 'left' : 'right'
  const free = (row: number, column: number) =>
    !g.nodes.some(
      (n) => num(g.row, n) === row && (side === 'left' ? num(g.column, n) < column : num(g.column, n) > column),
    )
  return {
    arrow,
    top: Math.min(from, to),
    bottom: Math.max(from, to),
    straight: next && c === d,
    side,
    sideOut: side !== '' && free(from, c),
    sideIn: side !== '' && free(to, d),
    lane: 0,
    outLane: -1,
    inLane: -1,
    out: 0,
  }
}

/** laneGaps gives every arrow that runs across between two rows a height of its own; the answer counts them per gap. */
function laneGaps(g: FlowGraph, routes: Route[], rows: number): number[] {
  const count = Array.from({ length: rows + 1 }, () => 0)
  const take = (gap: number): number => {
    const n = count[gap] ?? 0
    count[gap] = n + 1
    return n
  }
  const far = (r: Route) => (r.side ? 99 : Math.abs(num(g.column, r.arrow.to) - num(g.column, r.arrow.from)))
  const leaving = new Map<string, number>()
  // The farthest first: it runs highest, and leaves farthest from the middle, so that none crosses another.
  for (const r of [...routes].filter((x) => !x.straight && !x.sideOut).sort((a, b) => far(b) - far(a)))
    r.outLane = take(num(g.row, r.arrow.from))
  for (const r of [...routes].filter((x) => !x.straight && !x.sideOut).sort((a, b) => far(a) - far(b))) {
    const n = (leaving.get(r.arrow.from) ?? 0) + 1
    leaving.set(r.arrow.from, n)
    r.out = r.side === 'left' ? -n : n
  }
  for (const r of routes) if (r.side && !r.sideIn) r.inLane = take(Math.max(0, num(g.row, r.arrow.to) - 1))
  return count
}

/** margin gives the arrows beside the boxes their places, and says how wide the margin is and where its lanes begin. */
function margin(routes: Route[], side: 'left' | 'right', words: (a: FlowArrow) => string) {
  const mine = routes.filter((r) => r.side === side).sort((a, b) => a.bottom - a.top - (b.bottom - b.top))
  const lanes: Route[][] = []
  for (const r of mine) {
    const free = lanes.findIndex((l) => l.every((o) => o.bottom < r.top || o.top > r.bottom))
    r.lane = free < 0 ? lanes.length : free
    const lane = lanes[r.lane]
    if (lane) lane.push(r)
    else lanes.push([r])
  }
  const longest = Math.max(
    0,
    ...mine.filter((r) => r.sideOut).map((r) => Math.min(SIDE_ROOM + 1, Math.ceil(roomOf(words(r.arrow))))),
  )
  const base = mine.length === 0 ? 1 : 16 + longest * 12
  return { base, width: base + lanes.length * FLOW.side + 1 }
}

const heightOf = (def: FlowDefinition, key: string): number => {
  const members = def.steps?.find((s) => s.key === key)?.together?.length ?? 0
  return members ? FLOW.head + members * FLOW.member + 6 : FLOW.height
}

function placeBoxes(
  def: FlowDefinition,
  g: FlowGraph,
  rows: number,
  lanes: number[],
  left: number,
): Map<string, FlowBox> {
  const boxes = new Map<string, FlowBox>()
  let y = 1
  for (let row = 0; row < rows; row++) {
    const keys = g.nodes.filter((n) => num(g.row, n) === row)
    for (const key of keys) {
      const x = left + num(g.column, key) * (FLOW.width + FLOW.gap)
      boxes.set(key, { key, x, y, height: heightOf(def, key) })
    }
    y += Math.max(FLOW.height, ...keys.map((k) => heightOf(def, k))) + FLOW.between + (lanes[row] ?? 0) * FLOW.lane
  }
  return boxes
}

function rowEnds(g: FlowGraph, boxes: Map<string, FlowBox>, rows: number): number[] {
  return Array.from({ length: rows }, (_, row) =>
    Math.max(0, ...g.nodes.filter((n) => num(g.row, n) === row).map((n) => endOf(boxes.get(n)))),
  )
}

const endOf = (b: FlowBox | undefined): number => (b ? b.y + b.height : 0)

interface Pen {
  boxes: Map<string, FlowBox>
  /** Where each row ends. */
  rowEnd: number[]
  /** Where a lane beside the boxes runs. */
  rail: (side: 'left' | 'right', lane: number) => number
}

const nowhere: FlowBox = { key: '', x: 0, y: 0, height: 0 }

function draw(r: Route, g: FlowGraph, pen: Pen): FlowLine {
  const a = pen.boxes.get(r.arrow.from) ?? nowhere
  const b = pen.boxes.get(r.arrow.to) ?? nowhere
  const middle = b.x + FLOW.width / 2
  const lane = (row: number, n: number) => (pen.rowEnd[row] ?? 0) + 14 + n * FLOW.lane
  if (r.straight) {
    const x = a.x + FLOW.width / 2
    return {
      arrow: r.arrow,
      path: `M${x} ${a.y + a.height}V${b.y}`,
      label: { x: x - 7, y: b.y - 12, anchor: 'end' },
      room: 8,
    }
  }
  const out = a.x + FLOW.width / 2 + r.out * 20
  if (!r.side) {
    const y = lane(num(g.row, r.arrow.from), r.outLane)
    const right = middle > out
    return {
      arrow: r.arrow,
      path: `M${out} ${a.y + a.height}V${y}H${middle}V${b.y}`,
      label: { x: right ? middle - 6 : middle + 6, y: y - 5, anchor: right ? 'end' : 'start' },
      room: 14,
    }
  }
  return drawAside(r, g, pen, { a, b, out, middle, lane })
}

function drawAside(
  r: Route,
  g: FlowGraph,
  pen: Pen,
  at: { a: FlowBox; b: FlowBox; out: number; middle: number; lane: (row: number, n: number) => number },
): FlowLine {
  const { a, b } = at
  const left = r.side === 'left'
  const rail = pen.rail(left ? 'left' : 'right', r.lane)
  const edge = (box: FlowBox) => (left ? box.x : box.x + FLOW.width)
  const outY = r.sideOut ? a.y + a.height / 2 + 9 : at.lane(num(g.row, r.arrow.from), r.outLane)
  const inY = r.sideIn ? b.y + b.height / 2 - 9 : at.lane(Math.max(0, num(g.row, r.arrow.to) - 1), r.inLane)
  const leave = r.sideOut ? `M${edge(a)} ${outY}` : `M${at.out} ${a.y + a.height}V${outY}`
  const enter = r.sideIn ? `H${edge(b)}` : `H${at.middle}V${b.y}`
  const from = r.sideOut ? edge(a) : at.out
  return {
    arrow: r.arrow,
    path: `${leave}H${rail}V${inY}${enter}`,
    label: { x: left ? from - 6 : from + 6, y: outY - 5, anchor: left ? 'end' : 'start' },
    room: SIDE_ROOM,
  }
}
