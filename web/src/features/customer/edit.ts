import type { Customer, CustomerWrite } from './data'

/** A part of the archive that can be changed; custom fields are named `custom.<name>`. */
export type Patch = Omit<CustomerWrite, 'contacts' | 'confirm_duplicate'>

/** One field that somebody else changed while this person was changing it too. */
export interface Collision {
  field: string
  before: unknown
  theirs: unknown
  mine: unknown
}

/** valueIn reads a field of a customer in the form in which a change is written. */
export function valueIn(c: Customer, field: string): unknown {
  if (field === 'owner_id') return c.owner?.id ?? ''
  if (field.startsWith('custom.')) return c.custom[field.slice(7)] ?? ''
  return (c as unknown as Record<string, unknown>)[field] ?? ''
}

/** entries lists what a patch changes, custom fields one by one. */
export function entries(patch: Patch): [string, unknown][] {
  return Object.entries(patch).flatMap(([k, v]): [string, unknown][] => {
    if (v === undefined) return []
    if (k === 'custom') return Object.entries(v as Record<string, string>).map(([name, x]) => [`custom.${name}`, x])
    return [[k, v]]
  })
}

/** patchOf is the inverse of entries. */
export function patchOf(list: [string, unknown][]): Patch {
  const out: Record<string, unknown> = {}
  for (const [k, v] of list) {
    if (k.startsWith('custom.')) out.custom = { ...(out.custom as object), [k.slice(7)]: v }
    else out[k] = v
  }
  return out as Patch
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(normal(a)) === JSON.stringify(normal(b))

/** normal makes values comparable: members in one order, nothing where nothing is meant. */
function normal(v: unknown): unknown {
  if (v === undefined || v === null) return ''
  if (Array.isArray(v)) return v.map(normal)
  if (typeof v !== 'object') return v
  return Object.entries(v)
    .filter(([, x]) => x !== undefined && x !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, x]) => [k, normal(x)])
}

/** changed keeps of some values those that differ from the customer. */
export const changed = (base: Customer, values: Patch): Patch =>
  patchOf(entries(values).filter(([k, v]) => !same(v, valueIn(base, k))))

/** inverse is the change that takes a patch back. */
export const inverse = (base: Customer, patch: Patch): Patch =>
  patchOf(entries(patch).map(([k]) => [k, valueIn(base, k)]))

/** collisions lists the fields of a patch that somebody else has meanwhile set to something else. */
export const collisions = (base: Customer, current: Customer, patch: Patch): Collision[] =>
  entries(patch)
    .map(([field, mine]) => ({ field, before: valueIn(base, field), theirs: valueIn(current, field), mine }))
    .filter((c) => !same(c.before, c.theirs) && !same(c.theirs, c.mine))

/** without leaves out fields, for those where the other person's value shall stay. */
export const without = (patch: Patch, fields: string[]): Patch =>
  patchOf(entries(patch).filter(([k]) => !fields.includes(k)))
