import { useMe } from '@/app/account'

export type Reach = 'own' | 'unit' | 'all'
const order: Reach[] = ['own', 'unit', 'all']

/** allows tells whether a set of permissions holds `perm` with at least the given reach. */
export function allows(permissions: Record<string, string> | undefined, perm: string, reach: Reach = 'own'): boolean {
  const held = permissions?.[perm] as Reach | undefined
  return held !== undefined && order.indexOf(held) >= order.indexOf(reach)
}

/** usePermission tells whether the signed-in person may do `perm` (for example `customer.update`). The server decides; this only hides. */
export function usePermission(perm: string, reach: Reach = 'own'): boolean {
  return allows(useMe()?.permissions, perm, reach)
}
