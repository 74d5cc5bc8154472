import { expect, it } from 'vitest'
import { fit } from '@/kit/fit'
import { BOX, layout, standing } from './relationLayout'

const tie = (type: string, outgoing = true) => ({ type, outgoing })

it('puts holders above, the held below, other ties beside, from either side', () => {
  expect(standing(tie('owner'))).toBe('above')
  expect(standing(tie('parent'))).toBe('above')
  expect(standing(tie('subsidiary', false))).toBe('above')
  expect(standing(tie('subsidiary'))).toBe('below')
  expect(standing(tie('owner', false))).toBe('below')
  expect(standing(tie('guarantor', false))).toBe('beside')
  expect(standing(tie('kin'))).toBe('beside')
})

it('keeps boxes apart and inside, and the trunk out of them, however many there are', () => {
  for (const perRow of [2, 4] as const)
    for (let above = 0; above <= 9; above++)
      for (let below = 0; below <= 9; below++) {
        const ties = [...Array(above).fill(tie('owner')), ...Array(below).fill(tie('kin'))]
        const p = layout(ties, perRow)
        expect(p.boxes).toHaveLength(above + below)
        const all = [...p.boxes.map((b) => ({ x: b.x, y: b.y })), p.self]
        for (const b of all) {
          expect(b.x - BOX.width / 2).toBeGreaterThanOrEqual(0)
          expect(b.x + BOX.width / 2).toBeLessThanOrEqual(p.width)
          expect(b.y + BOX.height).toBeLessThanOrEqual(p.height)
          const clash = all.filter((o) => o.y === b.y && Math.abs(o.x - b.x) < BOX.width)
          expect(clash).toHaveLength(1)
        }
        const ys = [...new Set(p.boxes.map((b) => b.y))]
        const between = ys.filter((y) => y !== Math.min(...ys) && y !== Math.max(...ys) && y !== p.self.y)
        for (const b of p.boxes.filter((o) => between.includes(o.y)))
          expect(Math.abs(b.x - p.self.x)).toBeGreaterThan(BOX.width / 2)
      }
})

it('cuts names to the room there is', () => {
  expect(fit('东营邺祺厨具制造股份有限公司', 10)).toBe('东营邺祺厨具制造股份…')
  expect(fit('Lin Homes', 10)).toBe('Lin Homes')
  expect(fit('Northern Kitchen Trading Ltd', 10)).toBe('Northern Kitchen…')
})
