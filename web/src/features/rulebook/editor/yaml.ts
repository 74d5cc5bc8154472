import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

/** A place in a document: keys of mappings and indexes of lists. */
export type Path = readonly (string | number)[]

/** What can be written: texts, lists and mappings of them. Numbers are texts, as the rulebook reads them. */
export type Value = string | Value[] | { [key: string]: Value | undefined }

/** A document of which every scalar is the text that stands there. */
export interface Yaml {
  source: string
  doc: Document.Parsed
  lines: LineCounter
  /** The first thing that keeps it from being read; an edited form must not write into such a text. */
  broken?: { line: number; message: string }
}

/** readYaml parses a text without giving any scalar a type. */
export function readYaml(source: string): Yaml {
  const lines = new LineCounter()
  const doc = parseDocument(source, { schema: 'failsafe', lineCounter: lines, prettyErrors: false })
  const first = doc.errors[0]
  const broken = first && { line: lines.linePos(first.pos[0]).line, message: first.message }
  return { source, doc, lines, broken }
}

/** nodeAt is the node at a path; undefined where nothing stands. */
export function nodeAt(y: Yaml, path: Path): Node | undefined {
  let at: unknown = y.doc.contents
  for (const step of path) {
    if (isMap(at)) at = pairOf(at, String(step))?.value
    else if (isSeq(at) && typeof step === 'number') at = at.items[step]
    else return undefined
  }
  return isScalar(at) || isCollection(at) || isAlias(at) ? (at as Node) : undefined
}

/** wordAt is the text of a scalar; '' for anything else. */
export function wordAt(y: Yaml, path: Path): string {
  const n = nodeAt(y, path)
  return isScalar(n) && n.value != null ? String(n.value) : ''
}

/** wordsAt is a list of texts, also where one text stands alone. */
export function wordsAt(y: Yaml, path: Path): string[] {
  const n = nodeAt(y, path)
  if (isSeq(n)) return n.items.map((_, i) => wordAt(y, [...path, i]))
  const one = wordAt(y, path)
  return one ? [one] : []
}

/** keysAt gives the keys of a mapping in their order. */
export function keysAt(y: Yaml, path: Path): string[] {
  const n = nodeAt(y, path)
  return isMap(n) ? n.items.map((p) => keyOf(p)) : []
}

/** lengthAt counts the entries of a list. */
export function lengthAt(y: Yaml, path: Path): number {
  const n = nodeAt(y, path)
  return isSeq(n) ? n.items.length : 0
}

/** kindAt tells what stands at a path. */
export function kindAt(y: Yaml, path: Path): 'map' | 'list' | 'word' | undefined {
  const n = nodeAt(y, path)
  if (isMap(n)) return 'map'
  if (isSeq(n)) return 'list'
  return isScalar(n) && n.value != null && n.value !== '' ? 'word' : undefined
}

/** valueAt copies what stands at a path. */
export function valueAt(y: Yaml, path: Path): Value | undefined {
  const n = nodeAt(y, path)
  return n === undefined ? undefined : (n.toJS(y.doc) as Value)
}

/** lineAt is the line (from 1) of a path, that of the nearest thing around it when nothing stands there. */
export function lineAt(y: Yaml, path: Path): number {
  for (let n = path.length; n > 0; n--) {
    const start = startOf(y, path.slice(0, n))
    if (start !== undefined) return y.lines.linePos(start).line
  }
  return 1
}

/** startOf is where an entry begins: its key, or what it is. */
export function startOf(y: Yaml, path: Path): number | undefined {
  const last = path.at(-1)
  const parent = nodeAt(y, path.slice(0, -1))
  if (isMap(parent)) {
    const p = pairOf(parent, String(last))
    return p && (p.key as Node).range?.[0]
  }
  return nodeAt(y, path)?.range?.[0]
}

export const pairOf = (m: YAMLMap, key: string): Pair | undefined => m.items.find((p) => keyOf(p) === key)
export const keyOf = (p: Pair): string => (isScalar(p.key) ? String(p.key.value) : '')

/** pathAtOffset is the path of the innermost thing that holds a place of the text. */
export function pathAtOffset(y: Yaml, offset: number): (string | number)[] {
  const path: (string | number)[] = []
  let at: unknown = y.doc.contents
  for (;;) {
    if (isMap(at)) {
      const i = lastStarting(at.items, offset)
      const p = i < 0 ? undefined : at.items[i]
      if (!p) return path
      path.push(keyOf(p))
      at = p.value
    } else if (isSeq(at)) {
      const i = lastStarting(at.items, offset)
      if (i < 0) return path
      path.push(i)
      at = at.items[i]
    } else return path
  }
}

function lastStarting(items: unknown[], offset: number): number {
  let found = -1
  items.forEach((x, i) => {
    const n = isPair(x) ? (x.key as Node) : (x as Node | null)
    if ((n?.range?.[0] ?? Number.POSITIVE_INFINITY) <= offset) found = i
  })
  return found
}

export type { Node, YAMLMap, YAMLSeq }
export { isMap, isScalar, isSeq }
