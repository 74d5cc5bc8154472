import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { filledOf, valueText, whyOf } from './whyOf'

const t = ((key: string, args?: Record<string, unknown>) =>
  args ? `${key}:${Object.values(args).join(',')}` : key) as unknown as TFunction

describe('values of an explanation', () => {
  it('carry their unit in the way people write it', () => {
    expect(valueText(t, '1738824.43', 'CNY')).toBe('¥1,738,824.43')
    expect(valueText(t, '5.3886', '%')).toBe('5.3886%')
    expect(valueText(t, '18', 'day')).toBe('kit.unit.day:18')
    expect(valueText(t, '12', 'count')).toBe('12')
    expect(valueText(t, '', 'CNY')).toBe('')
  })
  it('fill the bar within its ends', () => {
    expect([filledOf('45', '80'), filledOf('-5', '80'), filledOf('99', '80')]).toEqual([56, 0, 100])
    expect(filledOf('1', '0')).toBeUndefined()
  })
})

const both = (s: string) => ({ zh: `${s}中`, en: s })
const explained: Schemas['GradingExplained'] = {
  customer: { id: '1', code: 'C', name: '甲' },
  rulebook: 'r',
  version: '1.0.0',
  scheme: 's',
  as_of: '2026-11-22',
  origin: 'computed',
  verdict: 'B',
  reason: '',
  score: '149',
  expires_on: '',
  clauses: [{ number: '4.2', title: both('bands'), text: both('text') }],
  explanation: {
    rulebook: 'r',
    version: '1.0.0',
    as_of: '2026-11-22',
    grade: { code: 'B', title: both('B'), tone: 'green', clause: '4.2', band: both('≥ 1_000_000 and < 2_000_000') },
    inputs: [{ measure: 'm', title: both('sales'), value: '', facts: 0 }],
    items: [
      { item: 'i', title: both('costs'), value: '', points: '5', max: '10', band: both(''), treatment: 'neutral' },
    ],
    next: { code: 'A', title: both('A'), missing: '1', unit: 'point', ways: null },
  },
}

describe('the reasons of a verdict', () => {
  it('are in one language, with readable figures', () => {
    const w = whyOf(explained, 'Dealers', t, 'en')
    expect(w).toMatchObject({
      grade: 'B',
      tone: 'high',
      rulebook: 'Dealers',
      band: '≥ 1,000,000 and < 2,000,000',
      isTop: false,
    })
    expect(w.next).toEqual({ grade: 'A', missing: [], total: 'kit.unit.point:1' })
    expect(w.clauses).toEqual([{ number: '4.2', title: 'bands', text: 'text' }])
  })
  it('say how a missing value was counted', () => {
    const w = whyOf(explained, 'x', t, 'zh')
    expect(w.items[0]).toMatchObject({ label: 'costs中', value: 'why.missing_neutral', filled: 50 })
    expect(w.inputs[0]?.missing).toBe(true)
  })
  it('name the customers that were compared and what was converted', () => {
    const input = { measure: 'm', title: both('exposure'), value: '5', facts: 2 }
    const inputs = [
      { ...input, converted: 2, group: { by: 'owner', relations: true, name: '7', customers: 3 } },
      { ...input, group: { by: 'owner', relations: true, name: '', customers: 1 } },
      { ...input, group: { by: 'region', name: 'east', customers: 4 } },
    ]
    const w = whyOf({ ...explained, explanation: { ...explained.explanation, inputs } }, 'x', t, 'en')
    expect(w.inputs.map((i) => i.notes)).toEqual([
      ['why.connected:3', 'why.converted:2'],
      ['why.alone:1'],
      ['why.within:east,4'],
    ])
  })
  it('without a grade give the reason and promise no top', () => {
    const { grade: _, next: __, ...rest } = explained.explanation
    const none = { ...explained, explanation: { ...rest, reason: { code: 'no_data', title: both('no facts') } } }
    expect(whyOf(none, 'x', t, 'en')).toMatchObject({
      grade: 'kit.grade.none',
      tone: 'low',
      reason: 'no facts',
      isTop: false,
    })
  })
})
