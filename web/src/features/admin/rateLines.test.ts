import { describe, expect, it } from 'vitest'
import { linesOf } from './rateLines'

describe('linesOf', () => {
  const usd = { currency: 'USD', from: '2026-01-05', rate: '7.1884' }
  it.each([
    ['USD 2026-01-05 7.1884', [usd]],
    ['USD\t2026/1/5\t7.1884', [usd]],
    ['USD,2026-01-05,7.1884', [usd]],
    ['USD, 2026.1.5, 7.1884\n\n EUR 2026-01-06 8 ', [usd, { currency: 'EUR', from: '2026-01-06', rate: '8' }]],
    ['IDR 2026-01-05', [{ currency: 'IDR', from: '2026-01-05', rate: '' }]],
    ['USD 5.1.2026 7', [{ currency: 'USD', from: '5.1.2026', rate: '7' }]],
    ['', []],
  ])('%j', (text, want) => expect(linesOf(text)).toEqual(want))
})
