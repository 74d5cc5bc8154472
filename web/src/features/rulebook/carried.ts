import type { Schemas } from '@/api/client'
import { type Text, textIn } from '@/kit/text'

type Carried = Schemas['RulebookCarriedView']

/** A part of a rulebook ready to be shown beside the clause it carries out. */
export interface Part {
  kind: string
  title: string
  /** As written, without what the page shows elsewhere (title, clause, mark). */
  lines: string[]
  assumed: boolean
  line: number
}

const bothWords = /\{\s*zh:\s*("[^"]*"|[^,}]*),\s*en:\s*("[^"]*"|[^}]*?),?\s*(?:aliases:[^}]*)?\}/
const plain = (s: string): string => s.trim().replace(/^"(.*)"$/, '$1')

/** titleIn finds `{zh: …, en: …}` in a line of YAML. */
export function titleIn(line: string): Text | undefined {
  const m = bothWords.exec(line)
  return m ? { zh: plain(m[1] ?? ''), en: plain(m[2] ?? '') } : undefined
}

/** partOf reads what the server gives as written; without a title the place in the rulebook names the part. */
export function partOf(c: Carried, locale: string): Part {
  const lines = c.text.split('\n').filter((l) => l.trim() !== '')
  const titled = lines.find((l) => /^(title|zh):/.test(l))
  const said = titled?.startsWith('title:') ? titleIn(titled) : undefined
  const kept = lines.filter((l) => !/^(title|clause|assumed|tone|key):/.test(l))
  return {
    kind: c.kind,
    title: textIn(locale, said) || c.ref.split('.').slice(1).join('.') || c.ref,
    lines: kept,
    assumed: lines.some((l) => /^assumed:\s*true\b/.test(l)),
    line: c.line,
  }
}

/** caseText cuts the lines of one worked example, starting at `line`, out of cases.yaml. */
export function caseText(file: string, line: number): string {
  const lines = file.split('\n')
  const start = Math.max(0, line - 1)
  const indent = /^(\s*)-/.exec(lines[start] ?? '')?.[1] ?? ''
  const end = lines.findIndex((l, i) => i > start && l.startsWith(`${indent}- `))
  return lines
    .slice(start, end < 0 ? undefined : end)
    .filter((l) => !l.trimStart().startsWith('#'))
    .map((l) => l.slice(indent.length))
    .join('\n')
    .trimEnd()
    .replace(/^- (case:.*\n)?/, (_, c?: string) => (c ? '' : '  '))
    .replace(/^ {2}/gm, '')
}
