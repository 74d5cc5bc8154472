import { expect, it } from 'vitest'
import { type FlowDefinition, graphOf, waysOf } from './flowGraph'
import { FLOW, layoutFlow } from './flowLayout'

const word = (s: string) => ({ zh: s, en: s })
const def: FlowDefinition = {
  key: 'p',
  title: word('p'),
  kind: 'approval',
  number: 'P-{seq}',
  start: { by: [] },
  forms: [],
  steps: [
    { key: 'a', title: word('a'), do: 'fill' },
    {
      key: 'b',
      title: word('b'),
      do: 'decide',
      rejected: 'x',
      next: [{ when: 'a.k == "no"', to: 'x' }, { when: 'a.k == "short"', to: 'e' }, { to: 'c' }],
    },
    { key: 'c', title: word('c'), do: '', together: ['m', 'n'] },
    { key: 'm', title: word('m'), do: 'decide' },
    { key: 'n', title: word('n'), do: 'decide' },
    { key: 'd', title: word('d'), do: 'decide', rejected: 'a' },
    { key: 'e', title: word('e'), do: 'answer', next: [{ to: 'good' }] },
    { key: 'x', title: word('x'), do: 'answer', next: [{ to: 'bad' }] },
  ],
  ends: [
    { key: 'good', title: word('good'), good: true },
    { key: 'bad', title: word('bad'), good: false },
  ],
}

it('takes the following step where none is named, and leaves the members of a composite out', () => {
  expect(waysOf(def).map((w) => `${w.from}>${w.to}${w.kind === 'rejected' ? '!' : ''}`)).toEqual([
    'start>a',
    'a>b',
    'b>x',
    'b>e',
    'b>c',
    'b>x!',
    'c>d',
    'd>e',
    'd>a!',
    'e>good',
    'x>bad',
  ])
})

it('puts every box below what leads to it, and the longest way into the first column', () => {
  const g = graphOf(def)
  for (const a of g.arrows) {
    const [from, to] = [g.row.get(a.from) ?? -1, g.row.get(a.to) ?? -1]
    expect(a.back ? to <= from : to > from, `${a.from}>${a.to}`).toBe(true)
  }
  expect(g.arrows.filter((a) => a.back).map((a) => `${a.from}>${a.to}`)).toEqual(['d>a'])
  expect(g.nodes.filter((n) => g.column.get(n) === 0)).toEqual(['start', 'a', 'b', 'c', 'd', 'e', 'good'])
  expect(g.arrows.find((a) => a.to === 'x')?.ways).toHaveLength(2)
})

it('lets no box cover another and no arrow cross a box', () => {
  const d = layoutFlow(def, () => 'word')
  for (const a of d.boxes)
    for (const b of d.boxes)
      if (a !== b)
        expect(
          a.x + FLOW.width <= b.x || b.x + FLOW.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).toBe(true)
  for (const l of d.lines) {
    for (const [p, q] of segments(l.path))
      for (const b of d.boxes) {
        const inX = Math.max(p.x, q.x) > b.x && Math.min(p.x, q.x) < b.x + FLOW.width
        const inY = Math.max(p.y, q.y) > b.y && Math.min(p.y, q.y) < b.y + b.height
        expect(inX && inY, `${l.arrow.from}>${l.arrow.to} through ${b.key}`).toBe(false)
      }
    for (const [, q] of segments(l.path)) expect(q.x >= 0 && q.x <= d.width && q.y >= 0 && q.y <= d.height).toBe(true)
  }
})

function segments(path: string) {
  let at = { x: 0, y: 0 }
  const out: [{ x: number; y: number }, { x: number; y: number }][] = []
  for (const [, sign, a, b] of path.matchAll(/([MHV])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    const to =
      sign === 'M' ? { x: Number(a), y: Number(b) } : sign === 'H' ? { ...at, x: Number(a) } : { ...at, y: Number(a) }
    if (sign !== 'M') out.push([at, to])
    at = to
  }
  return out
}
