import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import { daysIn, lunarDay, yearlyText } from './yearly'

const t = ((key: string, args: Record<string, unknown>) =>
  `${key} ${Object.values(args).join(' ')}`) as unknown as TFunction

describe('days that come back every year', () => {
  it('names the days of a lunar month', () => {
    expect([1, 8, 10, 11, 15, 19, 20, 21, 29, 30].map(lunarDay)).toEqual([
      '初一',
      '初八',
      '初十',
      '十一',
      '十五',
      '十九',
      '二十',
      '廿一',
      '廿九',
      '三十',
    ])
  })
  it('writes them by their calendar', () => {
    expect(yearlyText(t, 'zh', { lunar: false, year: 0, month: 3, day: 18 })).toBe('3月18日')
    expect(yearlyText(t, 'en', { lunar: false, year: 0, month: 2, day: 29 })).toBe('29 February')
    expect(yearlyText(t, 'zh', { lunar: true, year: 0, month: 12, day: 8 })).toBe('special.by_lunar 腊月初八')
    expect(yearlyText(t, 'zh', { lunar: false, year: 1998, month: 9, day: 26 })).toBe('special.since 9月26日 1998')
  })
  it('knows how many days a month may have', () => {
    expect([daysIn(false, 2), daysIn(false, 4), daysIn(true, 2)]).toEqual([29, 30, 30])
  })
})
