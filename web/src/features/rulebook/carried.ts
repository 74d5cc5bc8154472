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

const bothWords = /\{\s*zh:\s*("[^"]*"|[^,{}]*),\s*en:\s*("[^"]*"|[^,{}]*)(,\s*\w+:\s*[^{}]*)?\}/
const everyBothWords = new RegExp(bothWords, 'g')
const plain = (s: string): string => s.trim().replace(/^"(.*)"$/, '$1')

/** titleIn finds `{zh: …, en: …}` in a line of YAML. */
export function titleIn(line: string): Text | undefined {
  const m = bothWords.exec(line)
  return m ? { zh: plain(m[1] ?? ''), en: plain(m[2] ?? '') } : undefined
}

/** inLocale leaves of every `{zh: …, en: …}` in a line the words of one language. */
const inLocale = (line: string, locale: string): string =>
  line.replace(everyBothWords, (found) => textIn(locale, titleIn(found)))

const scalarAt = (lines: string[], key: string): string =>
  plain(lines.find((l) => l.startsWith(`${key}:`))?.slice(key.length + 1) ?? '')

/**
 * partOf reads what the server gives as written. Its name is its title, else the grade it is about, else its place in
 * the rulebook.
 */
export function partOf(
  c: Carried,
  locale: string,
  grade: (code: string) => string | undefined = () => undefined,
): Part {
  const lines = c.text.split('\n').filter((l) => l.trim() !== '')
  const own: Text | undefined = titleIn(lines.find((l) => l.startsWith('title:')) ?? '') ?? wordsOf(lines)
  const code = scalarAt(lines, 'code')
  const title = textIn(locale, own) || (code && grade(code)) || c.ref.split('.').slice(1).join('.') || c.ref
  const kept = lines.filter(
    (l) => !/^(title|clause|assumed|tone|key|zh|en):/.test(l) && !(code !== '' && l.startsWith('code:')),
  )
  return {
    kind: c.kind,
    title,
    lines: kept.map((l) => inLocale(l, locale)),
    assumed: lines.some((l) => /^assumed:\s*true\b/.test(l)),
    line: c.line,
  }
}

/** wordsOf reads a part that is itself `zh:` and `en:`, as roles are. */
function wordsOf(lines: string[]): Text | undefined {
  const zh = scalarAt(lines, 'zh')
  const en = scalarAt(lines, 'en')
  return zh || en ? { zh, en } : undefined
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
