import type { YAMLMap, YAMLSeq } from './yaml'
import {
  isMap,
  isScalar,
  isSeq,
  keyOf,
  type Node,
  nodeAt,
  type Path,
  pairOf,
  readYaml,
  type Value,
  type Yaml,
} from './yaml'
import { block, entries, flow, quoted, scalarOf, word } from './yamlWrite'

// Edits are made in the text, at the place of the node: everything else in the file, comments and layout, stays as it
// was written. Each edit gives the whole new text.

/** put writes a value at a path, in place of what stands there or as a new entry; undefined takes the entry away. */
export function put(y: Yaml, path: Path, value: Value | undefined): string {
  if (value === undefined) return take(y, path)
  const n = nodeAt(y, path)
  if (n && !isEmpty(n)) return replaceNode(y, n, path, value)
  const parent = path.slice(0, -1)
  const key = path.at(-1)
  const holder = nodeAt(y, parent)
  if (isSeq(holder)) return insert(y, parent, holder.items.length, value)
  if (isMap(holder)) return addPair(y, holder, String(key), value)
  if (path.length === 1)
    return `${withEnd(y.source)}${key}: ${typeof value === 'string' ? scalarOf(value, String(key)) : topValue(value)}\n`
  return put(y, parent, typeof key === 'number' ? [value] : { [String(key)]: value })
}

/** A key whose value is written nowhere. */
const isEmpty = (n: Node): boolean =>
  isScalar(n) && (n.value === null || n.value === '') && n.range?.[0] === n.range?.[1]

function replaceNode(y: Yaml, n: Node, path: Path, value: Value): string {
  const [from, to] = [n.range?.[0] ?? 0, endOf(y, n)]
  if (typeof value !== 'string') return splice(y.source, from, to, flow(value))
  const key = String(path.at(-1))
  const wasQuoted = isScalar(n) && (n.type === 'QUOTE_DOUBLE' || n.type === 'QUOTE_SINGLE')
  const text = wasQuoted ? quoted(value) : inFlow(y, path) ? flow(value, key) : scalarOf(value, key)
  return splice(y.source, from, to, text)
}

/** inFlow tells whether a path lies inside braces or brackets. */
function inFlow(y: Yaml, path: Path): boolean {
  for (let i = 0; i < path.length; i++) {
    const n = nodeAt(y, path.slice(0, i))
    if ((isMap(n) || isSeq(n)) && n.flow) return true
  }
  return false
}

function addPair(y: Yaml, m: YAMLMap, key: string, value: Value): string {
  const old = pairOf(m, key)
  if (old) {
    const at = (old.key as Node).range?.[1] ?? 0
    const colon = y.source.indexOf(':', at) + 1
    return splice(
      y.source,
      colon,
      colon,
      m.flow ? ` ${flow(value, key)}` : afterColon(value, key, columnOf(y, startOfMap(m))),
    )
  }
  if (m.flow) return addToFlow(y, m, m.items.length, `${word(key, true)}: ${flow(value, key)}`)
  const indent = columnOf(y, startOfMap(m))
  const at = lineEnd(y.source, endOf(y, m))
  return splice(y.source, at, at, `\n${' '.repeat(indent)}${word(key, false)}:${afterColon(value, key, indent)}`)
}

/** afterColon writes a value in a mapping of lines: a mapping of mappings and a list of them get lines of their own. */
function afterColon(value: Value, key: string, indent: number): string {
  if (typeof value === 'string') return ` ${scalarOf(value, key)}`
  const deep = (v: Value | undefined) => typeof v === 'object'
  const pad = `\n${' '.repeat(indent + 2)}`
  if (Array.isArray(value)) {
    if (!value.some(deep) || value.every(Array.isArray)) return ` ${flow(value)}`
    return value.map((x) => `${pad}- ${flow(x)}`).join('')
  }
  const all = entries(value)
  if (indent > 0 && !all.some(([, x]) => deep(x))) return ` ${flow(value)}`
  if (!all.some(([, x]) => deep(x))) return ` ${flow(value)}`
  return all.map(([k, x]) => `${pad}${word(k, false)}: ${typeof x === 'string' ? scalarOf(x, k) : flow(x)}`).join('')
}

const topValue = (value: Value): string => afterColon(value, '', 0).replace(/^ /, '')

/** insert puts a value into a list before the entry that has the index now; at its length it comes last. */
export function insert(y: Yaml, path: Path, index: number, value: Value): string {
  const n = nodeAt(y, path)
  if (!isSeq(n) || n.items.length === 0) {
    return isSeq(n) && n.flow
      ? splice(y.source, (n.range?.[0] ?? 0) + 1, endOf(y, n) - 1, flow(value))
      : put(y, path, [value])
  }
  if (n.flow) return addToFlow(y, n, index, flow(value))
  const indent = columnOf(y, n.range?.[0] ?? 0)
  const text = itemText(n, value, indent)
  if (index === 0) {
    const at = n.range?.[0] ?? 0
    return splice(y.source, at, at, `${text}\n${' '.repeat(indent)}`)
  }
  const at = lineEnd(y.source, endOf(y, n.items[Math.min(index, n.items.length) - 1] as Node))
  return splice(y.source, at, at, `\n${' '.repeat(indent)}${text}`)
}

/** itemText writes an entry of a list of lines the way the entries beside it are written. */
function itemText(list: YAMLSeq, value: Value, indent: number): string {
  const inLines = list.items.some((x) => isMap(x) && !x.flow)
  if (inLines && typeof value === 'object' && !Array.isArray(value)) return `- ${block(value, indent + 2)}`
  return `- ${typeof value === 'string' ? scalarOf(value, '') : flow(value)}`
}

function addToFlow(y: Yaml, c: YAMLMap | YAMLSeq, index: number, text: string): string {
  const open = (c.range?.[0] ?? 0) + 1
  if (c.items.length === 0) return splice(y.source, open, endOf(y, c) - 1, text)
  if (index === 0) return splice(y.source, open, open, `${text}, `)
  const at = itemEnd(y, c.items[Math.min(index, c.items.length) - 1])
  return splice(y.source, at, at, `, ${text}`)
}

/** take removes an entry; the mapping or list of lines that it leaves empty goes with it. */
export function take(y: Yaml, path: Path): string {
  const parent = path.slice(0, -1)
  const holder = nodeAt(y, parent)
  if (!isMap(holder) && !isSeq(holder)) return y.source
  const items = holder.items as unknown[]
  const at = isMap(holder) ? holder.items.findIndex((p) => keyOf(p) === String(path.at(-1))) : Number(path.at(-1))
  if (at < 0 || at >= items.length) return y.source
  if (items.length === 1 && !holder.flow) return parent.length > 0 ? take(y, parent) : ''
  if (items.length === 1) return splice(y.source, (holder.range?.[0] ?? 0) + 1, endOf(y, holder) - 1, '')
  if (at === 0) return splice(y.source, itemStart(y, holder, 0), itemStart(y, holder, 1), '')
  const [before, end] = [itemEnd(y, items[at - 1]), itemEnd(y, items[at])]
  return holder.flow
    ? splice(y.source, before, end, '')
    : splice(y.source, lineEnd(y.source, before), lineEnd(y.source, end), '')
}

/** move exchanges two entries of a list or mapping. */
export function move(y: Yaml, path: Path, from: number, to: number): string {
  const n = nodeAt(y, path)
  if ((!isSeq(n) && !isMap(n)) || from === to || !n.items[from] || !n.items[to]) return y.source
  const [a, b] = [Math.min(from, to), Math.max(from, to)]
  const piece = (i: number): [number, number] => {
    const start = isMap(n) ? itemStart(y, n, i) : ((n.items[i] as Node).range?.[0] ?? 0)
    const end = itemEnd(y, n.items[i])
    return [start, n.flow ? end : lineEnd(y.source, end)]
  }
  const [first, second] = [piece(a), piece(b)]
  const s = y.source
  return (
    s.slice(0, first[0]) +
    s.slice(second[0], second[1]) +
    s.slice(first[1], second[0]) +
    s.slice(first[0], first[1]) +
    s.slice(second[1])
  )
}

/** shift takes an entry of a list or mapping to another place; those between move up or down by one. */
export function shift(y: Yaml, path: Path, from: number, to: number): string {
  const by = to > from ? 1 : -1
  const steps = Array.from({ length: Math.abs(to - from) }, (_, i) => from + i * by)
  return edit(y.source, ...steps.map((at) => (now: Yaml) => move(now, path, at, at + by)))
}

/** edit applies several edits one after another, each to the text the one before gave. */
export function edit(source: string, ...steps: ((y: Yaml) => string)[]): string {
  return steps.reduce((text, step) => step(readYaml(text)), source)
}

const splice = (s: string, from: number, to: number, text: string): string => s.slice(0, from) + text + s.slice(to)
const withEnd = (s: string): string => (s === '' || s.endsWith('\n') ? s : `${s}\n`)
const columnOf = (y: Yaml, offset: number): number => offset - (y.source.lastIndexOf('\n', offset - 1) + 1)
const startOfMap = (m: YAMLMap): number => (m.items[0]?.key as Node | undefined)?.range?.[0] ?? m.range?.[0] ?? 0

function lineEnd(s: string, offset: number): number {
  if (offset > 0 && s[offset - 1] === '\n') return offset - 1
  const at = s.indexOf('\n', offset)
  return at < 0 ? s.length : at
}

/** endOf is where what is written of a node ends, without the comments and empty lines after it. */
function endOf(y: Yaml, n: Node): number {
  if ((isMap(n) || isSeq(n)) && !n.flow && n.items.length > 0) return itemEnd(y, n.items.at(-1))
  const end = n.range?.[1] ?? 0
  return isScalar(n) && (n.type === 'BLOCK_LITERAL' || n.type === 'BLOCK_FOLDED')
    ? y.source.slice(0, end).trimEnd().length
    : end
}

function itemEnd(y: Yaml, item: unknown): number {
  const p = item as { key?: Node; value?: Node | null; range?: [number, number, number] }
  if (!('key' in p)) return endOf(y, item as Node)
  if (p.value?.range && !isEmpty(p.value)) return endOf(y, p.value)
  const at = p.key?.range?.[1] ?? 0
  return y.source.indexOf(':', at) + 1
}

/** itemStart is where an entry begins: its key, its value, or the dash before it. */
function itemStart(y: Yaml, holder: YAMLMap | YAMLSeq, i: number): number {
  if (isMap(holder)) return (holder.items[i]?.key as Node | undefined)?.range?.[0] ?? 0
  const at = (holder.items[i] as Node).range?.[0] ?? 0
  return holder.flow ? at : y.source.lastIndexOf('-', at - 1)
}
