import type { Role } from './data'

/** groupsOf lists all permissions that any role holds, by the noun before the dot, both in the order of the widest role. */
export function groupsOf(roles: Role[]): [string, string[]][] {
  const widest = [...roles].sort((a, b) => Object.keys(b.permissions).length - Object.keys(a.permissions).length)
  const all = new Set(widest.flatMap((r) => Object.keys(r.permissions).sort()))
  all.delete('self')
  const groups = new Map<string, string[]>()
  for (const p of all) {
    const noun = p.split('.')[0] ?? p
    groups.set(noun, [...(groups.get(noun) ?? []), p])
  }
  return [...groups]
}
