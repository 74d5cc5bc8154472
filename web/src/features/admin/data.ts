import { useMemo } from 'react'
import { api, type Schemas } from '@/api/client'
import { useText } from '@/kit/text'

export type User = Schemas['UserView']
export type Unit = Schemas['OrgUnitView']
export type Role = Schemas['RoleView']
export type AuditEntry = Schemas['AuditView']

/** useUnits lists the units of today in the order of their tree, with how deep each is. */
export function useUnits() {
  const words = useText()
  const query = api.useQuery('get', '/api/v1/units', {}, { staleTime: 60_000 })
  const items = query.data?.items
  const tree = useMemo(() => treeOf(items ?? []), [items])
  const byId = useMemo(() => new Map(items?.map((u) => [u.id, u])), [items])
  const name = (u: Unit) => words({ zh: u.name_zh, en: u.name_en })
  return {
    query,
    tree,
    name,
    nameOf: (id: string) => {
      const found = byId.get(id)
      return found ? name(found) : ''
    },
  }
}

export interface Branch {
  unit: Unit
  depth: number
}

/** treeOf puts units below the ones they belong to; those whose parent is unknown stand at the top. */
export function treeOf(units: Unit[]): Branch[] {
  const known = new Set(units.map((u) => u.id))
  const children = new Map<string, Unit[]>()
  for (const u of units) {
    const parent = known.has(u.parent_id) ? u.parent_id : ''
    children.set(parent, [...(children.get(parent) ?? []), u])
  }
  const below = (parent: string, depth: number): Branch[] =>
    (children.get(parent) ?? []).flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)])
  return below('', 0)
}

/** useRoles lists the roles in the order in which they are offered. */
export const useRoles = () => api.useQuery('get', '/api/v1/roles', {}, { staleTime: 300_000 })

/** usePeople offers the active people by name. */
export function usePeople(): { value: string; label: string }[] {
  const { data } = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 60_000 })
  return (data?.items ?? []).filter((c) => c.active).map((c) => ({ value: c.id, label: c.name }))
}
