import {
  isMap,
  isSeq,
  keysAt,
  kindAt,
  lengthAt,
  nodeAt,
  type Path,
  pairOf,
  type Value,
  wordAt,
  wordsAt,
  type Yaml,
} from './yaml'

/** How a part of a rulebook is edited. */
export type PartView = 'fields' | 'setting' | 'labels' | 'bands' | 'table' | 'item'

/** A part of a rulebook that a person looks at as one thing. */
export interface PartAt {
  section: string
  path: Path
  view: PartView
  /** Keys that are parts of their own. */
  without?: string[]
  /** It stands in a list whose order counts. */
  ordered?: boolean
}

/** Sections whose entries have names. */
export const namedSections = [
  'settings',
  'measures',
  'judgements',
  'scorecards',
  'roles',
  'facts',
  'forms',
  'procedures',
  'authorities',
]
/** Sections a person meets first; others follow as they are written. */
const order = [
  'settings',
  'procedures',
  'forms',
  'authorities',
  'scorecards',
  'grades',
  'duties',
  'measures',
  'judgements',
  'requires',
  'roles',
]

/** sectionsOf lists the sections of a rulebook, those that matter most first; `about` is its head. */
export function sectionsOf(y: Yaml): string[] {
  const written = keysAt(y, []).filter((k) => kindAt(y, [k]) !== 'word' && !headKeys.has(k))
  return [...order.filter((s) => written.includes(s)), ...written.filter((s) => !order.includes(s)), 'about']
}

const headKeys = new Set(['title', 'owner', 'source', 'scope_clauses'])

/** partsOf lists the parts of a section. */
export function partsOf(y: Yaml, section: string): PartAt[] {
  if (section === 'about')
    return [{ section, path: [], view: 'fields', without: keysAt(y, []).filter((k) => sectionsOf(y).includes(k)) }]
  if (section === 'grades') return schemesOf(y).flatMap((path) => schemeParts(y, path))
  if (section === 'scorecards') return keysAt(y, [section]).flatMap((k) => scorecardParts(y, [section, k]))
  if (section === 'settings') return entriesOf(y, [section]).map((path) => ({ section, path, view: 'setting' }))
  const lists = orderedLists[section]
  if (lists) return entriesOf(y, [section]).flatMap((path) => orderedParts(y, section, path, lists))
  const one = kindAt(y, [section]) === 'map' && !namedSections.includes(section)
  if (one) return [{ section, path: [section], view: 'fields' }]
  return entriesOf(y, [section]).map((path) => ({ section, path, view: 'fields' }))
}

/** Lists of a named entry whose own entries are parts, in the order in which they count. */
export const orderedLists: Record<string, string[]> = { forms: ['fields'], procedures: ['steps', 'ends'] }

function orderedParts(y: Yaml, section: string, path: Path, lists: string[]): PartAt[] {
  return [
    { section, path, view: 'fields', without: lists },
    ...lists.flatMap((k) =>
      entriesOf(y, [...path, k]).map((p): PartAt => ({ section, path: p, view: 'fields', ordered: true })),
    ),
  ]
}

/** entriesOf gives the paths of what a mapping or list holds. */
export function entriesOf(y: Yaml, path: Path): Path[] {
  if (kindAt(y, path) === 'map') return keysAt(y, path).map((k) => [...path, k])
  return Array.from({ length: lengthAt(y, path) }, (_, i) => [...path, i])
}

/** schemesOf gives the places of the grade schemes: one mapping, or a list of them. */
export const schemesOf = (y: Yaml): Path[] =>
  kindAt(y, ['grades']) === 'list' ? entriesOf(y, ['grades']) : kindAt(y, ['grades']) ? [['grades']] : []

const schemeTables = { labels: 'labels', bands: 'bands', table: 'table' } as const
const schemeLists = ['limits', 'triggers']

function schemeParts(y: Yaml, path: Path): PartAt[] {
  const section = 'grades'
  const has = (k: string) => kindAt(y, [...path, k]) === 'list'
  const tables = (['bands', 'table', 'labels'] as const).filter(has)
  const lists = schemeLists.filter(has)
  return [
    ...tables.map((k): PartAt => ({ section, path: [...path, k], view: schemeTables[k] })),
    { section, path, view: 'fields', without: ['labels', 'bands', 'table', ...lists] },
    ...lists.flatMap((k) => entriesOf(y, [...path, k]).map((p): PartAt => ({ section, path: p, view: 'fields' }))),
  ]
}

const cardLists = ['vetoes', 'bonus']

function scorecardParts(y: Yaml, path: Path): PartAt[] {
  const section = 'scorecards'
  return [
    { section, path, view: 'fields', without: ['items', ...cardLists] },
    ...entriesOf(y, [...path, 'items']).map((p): PartAt => ({ section, path: p, view: 'item', without: ['points'] })),
    ...cardLists.flatMap((k) => entriesOf(y, [...path, k]).map((p): PartAt => ({ section, path: p, view: 'fields' }))),
  ]
}

/** allParts lists the parts of the whole rulebook. */
export const allParts = (y: Yaml): PartAt[] => sectionsOf(y).flatMap((s) => partsOf(y, s))

/** clausePaths finds, for every clause, the places that name it. */
export function clausePaths(y: Yaml): Map<string, Path[]> {
  const out = new Map<string, Path[]>()
  const add = (clause: string, path: Path) => out.set(clause, [...(out.get(clause) ?? []), path])
  const walk = (n: unknown, path: Path) => {
    if (isMap(n)) {
      for (const key of keysAt(y, path)) {
        const at = [...path, key]
        if (key === 'clause' || (path.length === 0 && key === 'scope_clauses'))
          for (const c of wordsAt(y, at)) add(c, path)
        else walk(pairOf(n, key)?.value, at)
      }
    } else if (isSeq(n)) for (const [i, x] of n.items.entries()) walk(x, [...path, i])
  }
  walk(nodeAt(y, []), [])
  return out
}

/** holds tells whether a path is another one or lies within it. */
export const holds = (outer: Path, inner: Path): boolean => outer.every((s, i) => String(inner[i]) === String(s))

/** partsAt gives the parts that some places belong to, each once: the innermost part that holds the place. */
export function partsAt(parts: PartAt[], places: Path[]): PartAt[] {
  const found = new Set<PartAt>()
  for (const place of places) {
    const around = parts.filter((p) => holds(p.path, place)).sort((a, b) => b.path.length - a.path.length)
    if (around[0]) found.add(around[0])
  }
  return parts.filter((p) => found.has(p))
}

/** Words in both languages, as far as they are written. */
export interface Words {
  zh: string
  en: string
}

/** titleAt reads `{zh: …, en: …}`, or one text for both. */
export function titleAt(y: Yaml, path: Path): Words | undefined {
  const one = wordAt(y, path)
  const t = one ? { zh: one, en: one } : { zh: wordAt(y, [...path, 'zh']), en: wordAt(y, [...path, 'en']) }
  return t.zh || t.en ? t : undefined
}

const subjects = [
  ['measure', 'measures'],
  ['judged', 'judgements'],
] as const

/** nameOf gives the words a part is known by: its title, what it reads, the grade it is about, else its key. */
export function nameOf(y: Yaml, path: Path): Words {
  const own = titleAt(y, [...path, 'title']) ?? (wordAt(y, [...path, 'zh']) ? titleAt(y, path) : undefined)
  if (own) return own
  for (const [key, section] of subjects) {
    const name = wordAt(y, [...path, key])
    if (name) return titleAt(y, [section, name, 'title']) ?? { zh: name, en: name }
  }
  const word =
    wordAt(y, [...path, 'name']) ||
    wordAt(y, [...path, 'key']) ||
    wordAt(y, [...path, 'do']) ||
    String(path.at(-1) ?? '')
  return { zh: word, en: word }
}

/** A name that can be referred to, with its words. */
export interface Named {
  name: string
  title: Words
}

/** namedIn lists what a named section holds. */
export const namedIn = (y: Yaml, section: string): Named[] =>
  keysAt(y, [section]).map((name) => ({ name, title: nameOf(y, [section, name]) }))

/** labelsAt lists the grades of a scheme, best first. */
export const labelsAt = (y: Yaml, scheme: Path): (Named & { tone: string })[] =>
  entriesOf(y, [...scheme, 'labels']).map((p) => ({
    name: wordAt(y, [...p, 'code']),
    title: titleAt(y, [...p, 'title']) ?? { zh: wordAt(y, [...p, 'code']), en: wordAt(y, [...p, 'code']) },
    tone: wordAt(y, [...p, 'tone']),
  }))

/** schemeOf gives the place of the scheme with an id; the first one without. */
export const schemeOf = (y: Yaml, id: string): Path =>
  schemesOf(y).find((p) => wordAt(y, [...p, 'scheme']) === id) ?? schemesOf(y)[0] ?? ['grades']

/** freshEntry gives what a new entry of a section begins with; `clause` is what it carries out. */
export function freshEntry(y: Yaml, section: string, clause: string | undefined, title: Words): Value {
  const first = labelsAt(y, schemeOf(y, ''))[0]?.name ?? 'A'
  const more = { clause, title: { zh: title.zh, en: title.en } }
  switch (section) {
    case 'settings':
      return { value: 'P1M', assumed: 'true', ...more }
    case 'measures':
      return { sum: 'amount', of: 'order', window: 'P12M', ...more }
    case 'judgements':
      return { range: ['0', '10'], by: keysAt(y, ['roles'])[0], missing: 'refuse', ...more }
    case 'scorecards':
      return { items: [], ...more }
    case 'roles':
      return { zh: title.zh, en: title.en, clause }
    case 'facts':
      return { title: more.title }
    case 'forms':
      return { ...more, fields: { note: { type: 'long_text', required: 'true', title: { zh: '说明', en: 'Note' } } } }
    case 'procedures':
      return {
        ...more,
        kind: 'approval',
        number: 'P-{year}-{seq:4}',
        steps: {
          decide: { do: 'decide', by: 'owner', within: 'P3D', assumed: 'true', rejected: 'refused', next: 'agreed' },
        },
        ends: {
          agreed: { title: { zh: '同意', en: 'Agreed' }, good: 'true' },
          refused: { title: { zh: '不同意', en: 'Refused' } },
        },
      }
    case 'authorities':
      return { ...more, rows: [{ up_to: '5000', by: 'owner' }, { by: keysAt(y, ['roles'])[0] ?? 'owner' }] }
    case 'steps':
      return { do: 'decide', by: keysAt(y, ['roles'])[0] ?? 'owner', within: 'P3D', assumed: 'true', ...more }
    case 'ends':
      return { ...more }
    case 'fields':
      return { type: 'text', ...more }
    case 'duties':
      return {
        key: freeKey(y),
        for: `grade == "${first}"`,
        do: 'visit',
        every: 'P3M',
        by: 'owner',
        evidence: 'visit_report',
        assumed: 'true',
        ...more,
      }
    case 'items': {
      const measure = keysAt(y, ['measures'])[0]
      return {
        measure,
        missing: 'neutral',
        points: { bands: [['0', '10'], { otherwise: 'true', points: '0' }] },
        assumed: 'true',
        clause,
      }
    }
    default:
      return more
  }
}

function freeKey(y: Yaml): string {
  const taken = new Set(entriesOf(y, ['duties']).map((p) => wordAt(y, [...p, 'key'])))
  let n = taken.size + 1
  while (taken.has(`duty_${n}`)) n++
  return `duty_${n}`
}
