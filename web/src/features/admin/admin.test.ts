import { describe, expect, it } from 'vitest'
import { versionOf } from './AboutPage'
import { changesOf, factsOf, textOf } from './auditWords'
import { treeOf, type Unit } from './data'
import { deviceOf } from './device'
import { groupsOf } from './permissions'
import { bodyOf } from './UserForm'

const unit = (id: string, parent_id = ''): Unit => ({
  id,
  parent_id,
  code: id,
  kind: 'department',
  name_zh: id,
  name_en: id,
  manager_id: '',
  manager_name: '',
  from: '',
  until: '',
  merged_into: '',
  people: 0,
  version: 1,
})

describe('units', () => {
  it('stand below the ones they belong to, in the order given', () => {
    const tree = treeOf([unit('east', 'hq'), unit('hq'), unit('shop', 'east'), unit('lost', 'gone')])
    expect(tree.map((b) => `${b.depth}${b.unit.id}`)).toEqual(['0hq', '1east', '2shop', '0lost'])
  })
})

describe('rights', () => {
  it('are grouped by noun in the order of the product, reading before writing', () => {
    const roles = [{ name: 'a', permissions: { 'user.manage': 'all', 'customer.write': 'all', self: 'all' } }]
    const more = { name: 'b', permissions: { 'customer.read': 'own', 'novel.thing': 'all' } }
    expect(groupsOf([...roles, more])).toEqual([
      ['customer', ['customer.read', 'customer.write']],
      ['user', ['user.manage']],
      ['novel', ['novel.thing']],
    ])
  })
})

describe('the audit log', () => {
  it('reads changes of fields and single facts, whatever the shape', () => {
    expect(changesOf([{ field: 'name', before: null, after: '甲' }, 'x', null])).toHaveLength(1)
    expect(changesOf({ file: 'a' })).toEqual([])
    expect(factsOf({ file: 'a', note: '', none: null, n: 0 })).toEqual([
      ['file', 'a'],
      ['n', 0],
    ])
    expect([textOf(null), textOf(['a', 'b']), textOf({ a: 1 }), textOf(false)]).toEqual([
      '—',
      'a, b',
      '{"a":1}',
      'false',
    ])
  })
})

describe('users', () => {
  const values = {
    name: ' 林晓东 ',
    login: 'lin',
    roles: ['auditor'],
    locale: 'zh' as const,
    active: false,
    must_change_password: true,
  }
  it('sends no state for a new user and no empty password', () => {
    expect(bodyOf({ ...values, password: '' }, undefined)).toMatchObject({ name: '林晓东', unit_id: '', email: '' })
    expect(bodyOf({ ...values, password: '' }, undefined).password).toBeUndefined()
    expect(bodyOf(values, undefined).state).toBeUndefined()
  })
  it('disables one that is there', () => {
    const user = { id: '1', version: 2, state: 'active' } as Parameters<typeof bodyOf>[1]
    expect(bodyOf(values, user).state).toBe('disabled')
  })
})

describe('small readings', () => {
  it('names browser and system', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0'
    expect(deviceOf(edge)).toEqual({ browser: 'Edge', system: 'Windows' })
    expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1')).toEqual({
      browser: 'Safari',
      system: 'iOS',
    })
    expect(deviceOf('')).toEqual({ browser: '', system: '' })
  })
  it('takes the version out of the health check', () => {
    expect(versionOf('ok 1.2.0\n')).toBe('1.2.0')
    expect(versionOf('<!doctype html>')).toBeUndefined()
  })
})
