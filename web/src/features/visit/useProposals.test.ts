import { expect, it } from 'vitest'
import { arranged, type ProposedDay } from './useProposals'

const proposal = (id: string) => ({ duty: { id } })
const day = (on: string, ...ids: string[]) => ({ on, fixed: [], proposed: ids.map(proposal) }) as unknown as ProposedDay
const shape = (days: ProposedDay[]) => days.map((d) => [d.on, ...d.proposed.map((p) => p.duty.id)])

it('what is put on another day goes there, what is dropped is gone, all else stays', () => {
  const week = [day('2026-03-02', 'a', 'b'), day('2026-03-03', 'c'), day('2026-03-04')]
  expect(shape(arranged(week, { a: '2026-03-03' }, ['b']))).toEqual([
    ['2026-03-02'],
    ['2026-03-03', 'c', 'a'],
    ['2026-03-04'],
  ])
  expect(shape(arranged(week, { a: '2026-03-02' }, []))).toEqual(shape(week))
})

it('what the server has put on the chosen day by itself is there once', () => {
  expect(shape(arranged([day('2026-03-02'), day('2026-03-03', 'a')], { a: '2026-03-03' }, []))).toEqual([
    ['2026-03-02'],
    ['2026-03-03', 'a'],
  ])
})
