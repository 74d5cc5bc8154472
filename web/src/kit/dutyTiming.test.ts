import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { occasionText, timingText } from './dutyTiming'

const t = ((key: string, o?: Record<string, unknown>) =>
  [key, o?.days, o?.name, o?.fact, o?.field, o?.time, o?.period]
    .filter((x) => x !== undefined)
    .join(' ')) as unknown as TFunction

const rule = (more: Partial<Schemas['RuleDutyRule']>) => ({ every: '', ...more }) as Schemas['RuleDutyRule']

describe('when a duty comes up', () => {
  it('names occasions', () => {
    expect(occasionText(t, 'birthday')).toBe('occasion.birthday')
    expect(occasionText(t, 'festival(mid_autumn)')).toBe('occasion.festivals.mid_autumn')
    expect(occasionText(t, 'fact(contract.until)')).toBe(
      'occasion.fact_date occasion.names.contract occasion.names.until',
    )
    expect(occasionText(t, 'fact(delivery)')).toBe('occasion.fact occasion.names.delivery')
    expect(occasionText(t, '???')).toBe('???')
  })
  it('names the time of a rule', () => {
    expect(timingText(t, rule({ every: 'P3M' }))).toContain('kit.period.every')
    expect(timingText(t, rule({ on: ['birthday'], before: 'P3D' }))).toBe(
      'occasion.before occasion.birthday kit.period.D',
    )
    expect(timingText(t, rule({ of: 'delivery', within: 'P5D', within_working_days: true }))).toContain(
      'occasion.within_working',
    )
    expect(timingText(t, rule({ of: 'contract', of_date: 'until', before: 'P30D' }))).toContain('occasion.before')
  })
})
