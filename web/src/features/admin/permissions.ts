import type { Role } from './data'

/** The order in which people look for rights; what is not named comes last. */
const nouns = [
  'customer',
  'fact',
  'import',
  'rulebook',
  'grading',
  'duty',
  'article',
  'segment',
  'rate',
  'view',
  'user',
  'audit',
  'system',
]
const verbs = ['read', 'write', 'do', 'run', 'assign', 'export', 'archive', 'fields', 'adopt', 'waive', 'revert']

const rank = (list: string[], word: string | undefined): number => {
  const at = list.indexOf(word ?? '')
  return at < 0 ? list.length : at
}

/** groupsOf lists all permissions that any role holds, by the noun before the dot. What everybody may do is left out. */
export function groupsOf(roles: Pick<Role, 'permissions'>[]): [string, string[]][] {
  const all = [...new Set(roles.flatMap((r) => Object.keys(r.permissions)))].filter((p) => p.includes('.'))
  all.sort((a, b) => {
    const [noun = '', verb] = a.split('.')
    const [otherNoun = '', otherVerb] = b.split('.')
    return (
      rank(nouns, noun) - rank(nouns, otherNoun) ||
      noun.localeCompare(otherNoun) ||
      rank(verbs, verb) - rank(verbs, otherVerb) ||
      a.localeCompare(b)
    )
  })
  const groups = new Map<string, string[]>()
  for (const p of all) {
    const noun = p.slice(0, p.indexOf('.'))
    groups.set(noun, [...(groups.get(noun) ?? []), p])
  }
  return [...groups]
}
