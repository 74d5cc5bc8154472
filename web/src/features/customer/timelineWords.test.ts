import { describe, expect, it } from 'vitest'
import { type Entry, entryOf, type TimelineWords } from './timelineWords'

const words: TimelineWords = {
  t: (key, args) => (args ? `${key}(${Object.values(args).join('|')})` : key),
  has: (key) => key.endsWith('.shipped'),
  factKind: (k) => ({ order: '订单', visit: '拜访' })[k] ?? k,
  grade: (_, code) => code || '未评级',
  scheme: (id) => id,
  money: (minor, currency) => `${currency} ${minor}`,
  field: (n) => `<${n}>`,
  value: (_, v) => String(v ?? ''),
}

const entry = (e: Partial<Entry>): Entry => ({
  id: 'x',
  kind: 'change',
  type: '',
  day: '2026-03-02',
  at: '',
  actor_id: '',
  actor_name: '林汀柏',
  ref_id: '',
  amount: '',
  currency: '',
  facts: 0,
  document: '',
  status: '',
  activity: '',
  note: '',
  duty_id: '',
  duty_state: '',
  clause: '',
  files: [],
  rulebook: '',
  scheme: '',
  from: '',
  to: '',
  reason: '',
  changes: [],
  file_name: '',
  ...e,
})

describe('entries of the timeline', () => {
  it('folds the lines of an order into one with its amount', () => {
    const e = entry({
      kind: 'business',
      type: 'order',
      amount: '12.5',
      currency: 'CNY',
      facts: 3,
      document: 'SO1',
      status: 'shipped',
    })
    expect(entryOf(e, words)).toMatchObject({
      at: '2026-03-02',
      title: '订单',
      note: 'CNY 1250',
      detail: 'SO1 · record.timeline.lines(3) · record.fact_status.shipped',
    })
  })

  it('stands at its moment where there is one', () => {
    expect(entryOf(entry({ kind: 'import', type: 'created', at: '2026-03-02T08:00:00Z' }), words).at).toBe(
      '2026-03-02T08:00:00Z',
    )
  })

  it('lists the fields of folded changes, newest first, without those of the bookkeeping', () => {
    const changes = [
      [
        { field: 'name', before: '甲', after: '乙' },
        { field: 'bulk', before: null, after: '1' },
      ],
      [{ field: 'custom.area', before: null, after: '12' }],
      { other: 1 },
    ]
    expect(entryOf(entry({ type: 'customer.update', changes }), words).changes).toEqual([
      { field: '<name>', from: '甲', to: '乙' },
      { field: '<custom.area>', from: '', to: '12' },
    ])
    expect(entryOf(entry({ type: 'customer.create', changes }), words).changes).toBeUndefined()
  })

  it('says from where to where a grade went', () => {
    const e = entry({ kind: 'verdict', type: 'first', scheme: 'dealer', to: 'A' })
    expect(entryOf(e, words).title).toBe('record.timeline.first(dealer|未评级|A)')
  })
})
