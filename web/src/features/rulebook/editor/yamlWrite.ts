import type { Value } from './yaml'

// How new parts of a rulebook are written: one line in braces, except where the parts beside are written in lines.

const indicator = /^[-?:](\s|$)|^[,[\]{}#&*!|>'"%@`]/
const unsafe = /: |:$|\s#|^\s|\s$|[\n\t]/
const unsafeInFlow = /[,[\]{}]/

/** quoted writes a text between double quotes. */
export const quoted = (s: string): string => JSON.stringify(s)

/** word writes a text plainly where that is safe, else between quotes. */
export function word(s: string, inFlow: boolean): string {
  if (s === '') return '""'
  if (indicator.test(s) || unsafe.test(s) || (inFlow && unsafeInFlow.test(s))) return quoted(s)
  return inFlow && /:[,[\]{}]/.test(s) ? quoted(s) : s
}

/** Texts that other texts refer to by number are always quoted, so that 3.10 and 3.1 stay two clauses to every reader. */
const alwaysQuoted = new Set(['clause'])

/** flow writes a value on one line. */
export function flow(v: Value, key = ''): string {
  if (typeof v === 'string') return alwaysQuoted.has(key) ? quoted(v) : word(v, true)
  if (Array.isArray(v)) return `[${v.map((x) => flow(x)).join(', ')}]`
  return `{${entries(v)
    .map(([k, x]) => `${word(k, true)}: ${flow(x, k)}`)
    .join(', ')}}`
}

/** scalarOf writes a text as the value of a key in a mapping of lines. */
export const scalarOf = (s: string, key: string): string => (alwaysQuoted.has(key) ? quoted(s) : word(s, false))

/** block writes a mapping line by line; the first line has no indent of its own. */
export function block(v: { [key: string]: Value | undefined }, indent: number): string {
  return entries(v)
    .map(([k, x]) => `${word(k, false)}: ${typeof x === 'string' ? scalarOf(x, k) : flow(x)}`)
    .join(`\n${' '.repeat(indent)}`)
}

export const entries = (v: { [key: string]: Value | undefined }): [string, Value][] =>
  Object.entries(v).filter((e): e is [string, Value] => e[1] !== undefined)
