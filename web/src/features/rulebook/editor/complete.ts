import { visit } from 'yaml'
import { fieldsOf, type Schema, schemaAt } from './schema'
import { isScalar, keysAt, type Path, readYaml, type Yaml } from './yaml'

/** A word that may stand at the cursor. */
export interface Proposal {
  label: string
  /** What it means. */
  detail: string
  kind: 'key' | 'word'
}

const MARK = 'kzcursor'

/** proposals says what may be written at a place: keys of the mapping there, or words of the value there. */
export function proposals(
  root: Schema,
  source: string,
  offset: number,
  clauses: Named[],
): { from: number; list: Proposal[] } {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset)
  const typed = /[\w.-]*$/.exec(line)?.[0] ?? ''
  const from = offset - typed.length
  const asValue = /(:\s+|[[,]\s*|-\s+)"?[\w.-]*$/.test(line) && !/[{,]\s*[\w.-]*$/.test(line.replace(/\[[^\]]*$/, ''))
  const quoted = source[from - 1] === '"'
  const rest = source.slice(offset).replace(/^[\w.-]*/, '')
  const start = source.slice(0, from)
  const value = asValue ? valuePlace(`${start}${MARK}${quoted && !rest.startsWith('"') ? '"' : ''}${rest}`) : undefined
  if (value) {
    const words = wordsFor(root, readYaml(source), value, clauses)
    if (words.length > 0) return { from, list: words }
  }
  const key = keyPlace(`${start}${MARK}: x${rest.startsWith(':') ? rest.slice(1) : rest}`)
  return { from, list: key ? keysFor(root, readYaml(source), key) : [] }
}

interface Named {
  number: string
  title: { zh: string; en: string }
}

function keyPlace(text: string): Path | undefined {
  const y = readYaml(text)
  let found: Path | undefined
  visit(y.doc, {
    Pair(_, pair, ancestors) {
      if (isScalar(pair.key) && pair.key.value === MARK) {
        found = pathOf(ancestors)
        return visit.BREAK
      }
    },
  })
  return found
}

function valuePlace(text: string): Path | undefined {
  const y = readYaml(text)
  let found: Path | undefined
  visit(y.doc, {
    Scalar(key, node, ancestors) {
      if (node.value === MARK && key !== 'key') {
        found = typeof key === 'number' ? [...pathOf(ancestors), key] : pathOf(ancestors)
        return visit.BREAK
      }
    },
  })
  return found
}

/** pathOf turns the ancestors of a node into the keys and indexes that lead to it. */
function pathOf(ancestors: readonly unknown[]): Path {
  const path: (string | number)[] = []
  ancestors.forEach((a, i) => {
    const next = ancestors[i + 1]
    const holder = a as { items?: unknown[]; key?: unknown }
    if (holder.key !== undefined && isScalar(holder.key)) path.push(String(holder.key.value))
    else if (holder.items && next !== undefined && (next as { key?: unknown }).key === undefined)
      path.push(holder.items.indexOf(next))
  })
  return path
}

function keysFor(root: Schema, y: Yaml, path: Path): Proposal[] {
  const written = new Set(keysAt(y, path))
  return fieldsOf(root, schemaAt(root, path))
    .filter((f) => !written.has(f.key))
    .map((f) => ({ label: f.key, detail: f.description, kind: 'key' }))
}

const named: Record<string, string[]> = {
  measure: ['measures'],
  growth: ['measures'],
  share: ['measures'],
  percentile: ['measures'],
  quintile: ['measures'],
  total: ['measures'],
  ratio: ['measures'],
  sum_of: ['measures'],
  difference: ['measures'],
  score: ['measures'],
  judged: ['judgements'],
  from: ['scorecards', 'measures'],
  by: ['roles'],
  chain: ['roles'],
}

function wordsFor(root: Schema, y: Yaml, path: Path, clauses: Named[]): Proposal[] {
  const key = String(path.findLast((s) => typeof s === 'string') ?? '')
  if (key === 'clause' || key === 'scope_clauses')
    return clauses.map((c) => ({ label: c.number, detail: `${c.title.zh} ${c.title.en}`, kind: 'word' }))
  const choices = schemaAt(root, path).flatMap((s) => s.enum ?? [])
  if (choices.length > 0) return choices.map((c) => ({ label: String(c), detail: '', kind: 'word' }))
  return (named[key] ?? []).flatMap((s) =>
    keysAt(y, [s]).map((label): Proposal => ({ label, detail: '', kind: 'word' })),
  )
}
