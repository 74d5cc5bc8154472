import type { Schemas } from '@/api/client'
import { entriesOf } from './parts'
import { keysAt, kindAt, nodeAt, type Path, readYaml, startOf, type Value, valueAt, type Yaml } from './yaml'
import { edit, put, take } from './yamlEdit'

type Result = Schemas['RuleCaseResult']

/** acceptOutcomes writes into the cases what came out of them, where that differs from what they expect. */
export function acceptOutcomes(file: string, results: Result[]): string {
  return results.reduce((text, r) => acceptOne(text, r), file)
}

function acceptOne(file: string, r: Result): string {
  const y = readYaml(file)
  if (y.broken) return file
  const at = entriesOf(y, []).find((p) => lineOfCase(y, p) === r.line)
  if (!at) return file
  return edit(file, ...(r.diffs ?? []).map((d) => (now: Yaml) => expectField(now, [...at, 'expect'], d.field, d.got)))
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
