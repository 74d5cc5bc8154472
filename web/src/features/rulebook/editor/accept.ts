import type { Schemas } from '@/api/client'
import { entriesOf } from './parts'
import { keysAt, kindAt, nodeAt, type Path, readYaml, startOf, type Value, valueAt, type Yaml } from './yaml'
import { edit, put, take } from './yamlEdit'

type Result = Schemas['RuleCaseResult']

/** acceptOutcomes writes into the cases what came out of them, where that differs from what they expect. */
export function acceptOutcomes(file: string, results: Result[]): string {
  const y = readYaml(file)
  if (y.broken) return file
  // Lines move with the edits, places in the list do not: they are found first.
  const places = entriesOf(y, []).map((path) => ({ path, line: lineOfCase(y, path) }))
  return results.reduce((text, r) => {
    const at = places.find((p) => p.line === r.line)?.path
    const steps = (r.diffs ?? []).map((d) => (now: Yaml) => expectField(now, [...(at ?? []), 'expect'], d.field, d.got))
    return at ? edit(text, ...steps) : text
  }, file)
}

const lineOfCase = (y: Yaml, path: Path): number => y.lines.linePos(startOf(y, path) ?? 0).line

function expectField(y: Yaml, expect: Path, field: string, got: string): string {
  const [first = '', ...rest] = field.split('.')
  const path = [...expect, first, ...(rest.length > 0 ? [rest.join('.')] : [])]
  if (got === '') {
    if (!nodeAt(y, path)) return y.source
    const holder = path.slice(0, -1)
    return take(y, rest.length > 0 && keysAt(y, holder).length === 1 ? holder : path)
  }
  const list = kindAt(y, path) === 'list'
  const value: Value = list
    ? got
        .replace(/^\[|\]$/g, '')
        .split(/[,\s]+/)
        .filter(Boolean)
    : got
  const grown = first === 'reason' || first === 'grade'
  const other = first === 'reason' ? 'grade' : 'reason'
  const text = put(y, path, value)
  return grown && valueAt(y, [...expect, other]) !== undefined ? take(readYaml(text), [...expect, other]) : text
}
