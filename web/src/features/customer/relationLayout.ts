/** What the picture needs to know of a relation. */
export interface Tie {
  type: string
  outgoing: boolean
}

/** Sizes in the picture's own units, which are pixels where there is room. */
export const BOX = { width: 152, height: 46, gap: 16, row: 26 }

/** Where the other one stands: above who holds this customer, below whom it holds, beside it whoever is tied otherwise. */
export function standing(r: Tie): 'above' | 'below' | 'beside' {
  if (r.type === 'parent' || r.type === 'owner') return r.outgoing ? 'above' : 'below'
  if (r.type === 'subsidiary') return r.outgoing ? 'below' : 'above'
  return 'beside'
}

export interface Placed<T> {
  tie: T
  /** Middle of the box. */
  x: number
  /** Its upper edge. */
  y: number
  beside: boolean
}

export interface Picture<T> {
  width: number
  height: number
  self: { x: number; y: number }
  boxes: Placed<T>[]
  /** The lines between them, as a path. */
  lines: string
}

/**
 * Rows of boxes above and below the customer, an even number in each, so that the line to the next row passes between
 * them; only the row farthest away may be shorter. Ties that hold nobody come last below.
 */
export function layout<T extends Tie>(ties: T[], perRow: 2 | 4): Picture<T> {
  const of = (s: string) => ties.filter((r) => standing(r) === s)
  const up = rowsOf(of('above'), perRow).reverse()
  const down = rowsOf([...of('below'), ...of('beside')], perRow)
  const width = perRow * BOX.width + (perRow - 1) * BOX.gap
  const x = width / 2
  const top = (row: number) => row * (BOX.height + BOX.row)
  const self = { x, y: top(up.length) }
  const picture: Picture<T> = { width, height: top(up.length + down.length) + BOX.height, self, boxes: [], lines: '' }
  const addRow = (row: T[], y: number, edge: number, bus: number) => {
    const left = x - ((row.length - 1) * (BOX.width + BOX.gap)) / 2
    const xs = row.map((_, i) => left + i * (BOX.width + BOX.gap))
    picture.boxes.push(...row.map((tie, i) => ({ tie, x: xs[i] ?? x, y, beside: standing(tie) === 'beside' })))
    picture.lines += `M${Math.min(x, ...xs)} ${bus}H${Math.max(x, ...xs)}${xs.map((at) => `M${at} ${bus}V${edge}`).join('')}`
  }
  up.forEach((row, i) => {
    addRow(row, top(i), top(i) + BOX.height, top(i) + BOX.height + BOX.row / 2)
  })
  down.forEach((row, i) => {
    const y = top(up.length + 1 + i)
    addRow(row, y, y, y - BOX.row / 2)
  })
  if (up.length > 0) picture.lines += `M${x} ${self.y}V${BOX.height + BOX.row / 2}`
  if (down.length > 0) picture.lines += `M${x} ${self.y + BOX.height}V${picture.height - BOX.height - BOX.row / 2}`
  return picture
}

function rowsOf<T>(list: T[], perRow: number): T[][] {
  const rows: T[][] = []
  for (let i = 0; i < list.length; i += perRow) rows.push(list.slice(i, i + perRow))
  return rows
}
