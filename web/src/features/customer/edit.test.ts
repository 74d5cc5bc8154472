import { describe, expect, it } from 'vitest'
import type { Customer } from './data'
import { changed, collisions, inverse, patchOf, without } from './edit'

const base = {
  id: '1',
  name: '青川木作坊',
  owner: { id: '7', name: '许知远' },
  tags: ['重点'],
  custom: { area: '12', line: '家装' },
  identifiers: [{ type: 'phone', value: '+8613800000001' }],
  region: '',
} as unknown as Customer

describe('changes of a customer', () => {
  it('sends only what differs', () => {
    const values = { name: '青川木作坊', owner_id: '', tags: ['重点', '新'], custom: { area: '12', line: '工装' } }
    expect(changed(base, values)).toEqual({ owner_id: '', tags: ['重点', '新'], custom: { line: '工装' } })
  })

  it('does not take the order of members or an absent reason for a difference', () => {
    const values = { identifiers: [{ value: '+8613800000001', type: 'phone' as const, override_reason: '' }] }
    expect(changed(base, values)).toEqual({})
  })

  it('can be taken back', () => {
    expect(inverse(base, { owner_id: '9', custom: { area: '', floor: '3' }, region: '4403' })).toEqual({
      owner_id: '7',
      custom: { area: '12', floor: '' },
      region: '',
    })
  })
})

describe('collisions', () => {
  const current = { ...base, name: '青川木业', custom: { area: '15', line: '家装' } } as Customer

  it('are the fields that both changed', () => {
    expect(collisions(base, current, { name: '青川家具', custom: { line: '工装' }, tags: [] })).toEqual([
      { field: 'name', before: '青川木作坊', theirs: '青川木业', mine: '青川家具' },
    ])
  })

  it('are none where both did the same, or the other person changed something else', () => {
    expect(collisions(base, current, { name: '青川木业' })).toEqual([])
    expect(collisions(base, current, { note: '周二收货' })).toEqual([])
  })

  it('are settled field by field', () => {
    const mine = { name: '青川家具', custom: { area: '20', line: '工装' } }
    expect(without(mine, ['name', 'custom.area'])).toEqual({ custom: { line: '工装' } })
    expect(patchOf([])).toEqual({})
  })
})
