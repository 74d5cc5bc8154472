import { expect, it } from 'vitest'
import { byCurrency, monthsBetween } from './months'

it('lists months over the turn of a year', () => {
  expect(monthsBetween('2025-11', '2026-02-10')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02'])
})

it('gives 24 months up to today with nothing where nothing happened, the main currency first', () => {
  const list = [
    { month: '2026-02', kind: 'order', amount: '10.00', currency: 'USD', facts: 1 },
    { month: '2026-02', kind: 'order', amount: '120.50', currency: 'CNY', facts: 3 },
    { month: '2025-12', kind: 'payment', amount: '-4.00', currency: 'CNY', facts: 1 },
  ]
  const [cny, usd] = byCurrency(list, '2026-02-10')
  expect([cny?.currency, usd?.currency]).toEqual(['CNY', 'USD'])
  expect(cny?.months).toHaveLength(24)
  expect(cny?.months[0]).toBe('2024-03')
  expect(cny?.orders.at(-1)).toBe(120.5)
  expect(cny?.payments.at(-3)).toBe(-4)
  expect(cny?.payments.at(-1)).toBe(0)
})

it('begins in January when today is in December', () => {
  const one = { month: '2026-12', kind: 'order', amount: '1', currency: 'CNY', facts: 1 }
  expect(byCurrency([one], '2026-12-31')[0]?.months).toHaveLength(24)
})
