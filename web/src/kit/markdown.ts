/** A piece of running text. */
export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'em'; inner: Inline[] }
  | { kind: 'link'; href: string; inner: Inline[] }

/** A block of a text. */
export type Block =
  | { kind: 'heading'; level: number; inner: Inline[] }
  | { kind: 'para'; inner: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'quote'; inner: Block[] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' }

const MAX_DEPTH = 5

/** parseMarkdown reads the Markdown people write: headings, paragraphs, lists, quotes, tables, code, bold, italic, links. HTML stays text. */
export const parseMarkdown = (text: string): Block[] => blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0)

const heading = /^(#{1,6})\s+(.+?)\s*#*$/
const rule = /^\s*([-*_])(\s*\1){2,}\s*$/
const fence = /^\s*```/
const quote = /^\s*>\s?/
const item = /^(\s*)([-*+•]|\d{1,9}[.)、])\s+(.*)$/
const divider = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/

/** begins tells whether a line ends the paragraph before it. */
const begins = (line: string): boolean =>
  line.trim() === '' || heading.test(line) || rule.test(line) || fence.test(line) || quote.test(line) || item.test(line)

function blocks(lines: string[], depth: number): Block[] {
  const out: Block[] = []
  let i = 0
  while (i < lines.length) i = block(lines, i, out, depth)
  return out
}

/** block reads what begins at a line and gives the line behind it. */
function block(lines: string[], i: number, out: Block[], depth: number): number {
  const line = lines[i] ?? ''
  if (line.trim() === '') return i + 1
  if (fence.test(line)) return code(lines, i, out)
  const head = heading.exec(line)
  if (head) {
    out.push({ kind: 'heading', level: head[1]?.length ?? 1, inner: inlines(head[2] ?? '', 0) })
    return i + 1
  }
  if (rule.test(line)) {
    out.push({ kind: 'rule' })
    return i + 1
  }
  if (depth < MAX_DEPTH && quote.test(line)) return quoted(lines, i, out, depth)
  if (depth < MAX_DEPTH && item.test(line)) return list(lines, i, out, depth)
  if (line.includes('|') && divider.test(lines[i + 1] ?? '')) return table(lines, i, out)
  return para(lines, i, out)
}

function para(lines: string[], from: number, out: Block[]): number {
  let i = from + 1
  while (i < lines.length && !begins(lines[i] ?? '')) i++
  const text = lines
    .slice(from, i)
    .map((l) => l.trim())
    .join('\n')
  out.push({ kind: 'para', inner: inlines(text, 0) })
  return i
}

function code(lines: string[], from: number, out: Block[]): number {
  let i = from + 1
  while (i < lines.length && !fence.test(lines[i] ?? '')) i++
  out.push({ kind: 'code', text: lines.slice(from + 1, i).join('\n') })
  return i + 1
}

function quoted(lines: string[], from: number, out: Block[], depth: number): number {
  let i = from
  while (i < lines.length && quote.test(lines[i] ?? '')) i++
  out.push({
    kind: 'quote',
    inner: blocks(
      lines.slice(from, i).map((l) => l.replace(quote, '')),
      depth + 1,
    ),
  })
  return i
}

const indentOf = (line: string): number => line.length - line.trimStart().length

const marginOf = (m: RegExpExecArray | null): number => m?.[1]?.length ?? 0
const isOrdered = (m: RegExpExecArray | null): boolean => /\d/.test(m?.[2] ?? '')

function list(lines: string[], from: number, out: Block[], depth: number): number {
  const first = item.exec(lines[from] ?? '')
  const items: Block[][] = []
  let i = from
  while (i < lines.length) {
    const m = item.exec(lines[i] ?? '')
    if (!m || marginOf(m) !== marginOf(first) || isOrdered(m) !== isOrdered(first)) break
    const own = [m[3] ?? '']
    for (i++; i < lines.length && belongs(lines, i, marginOf(first), own); i++)
      own.push((lines[i] ?? '').slice(Math.min(indentOf(lines[i] ?? ''), marginOf(first) + 2)))
    items.push(blocks(own, depth + 1))
    // An empty line between two items does not end the list.
    if ((lines[i] ?? '').trim() === '' && item.test(lines[i + 1] ?? '')) i++
  }
  const ordered = isOrdered(first)
  out.push({ kind: 'list', ordered, start: ordered ? Number.parseInt(first?.[2] ?? '1', 10) : 1, items })
  return i
}

/** What is indented belongs to an item, also behind an empty line; so does a line that merely goes on. */
function belongs(lines: string[], i: number, margin: number, own: string[]): boolean {
  const line = lines[i] ?? ''
  const next = lines[i + 1] ?? ''
  if (line.trim() === '') return next.trim() !== '' && indentOf(next) > margin
  return indentOf(line) > margin || (!begins(line) && own[own.length - 1]?.trim() !== '')
}

const cells = (line: string): Inline[][] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((c) => inlines(c.trim(), 0))

function table(lines: string[], from: number, out: Block[]): number {
  const head = cells(lines[from] ?? '')
  const rows: Inline[][][] = []
  let i = from + 2
  while (i < lines.length && (lines[i] ?? '').includes('|')) {
    const row = cells(lines[i] ?? '')
    rows.push(head.map((_, k) => row[k] ?? []))
    i++
  }
  out.push({ kind: 'table', head, rows })
  return i
}

const inline =
  /\\([\\`*_[\]()#|>~-])|`([^`\n]+)`|\*\*(?=\S)([\s\S]+?)\*\*|\*(?=\S)([^*\n]+?)\*|\[([^\]\n]+)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)|(https?:\/\/[^\s<>()（），。；、"']+)/

/** safeHref lets through addresses that open a page, a mail or a call, and nothing that runs. */
export const safeHref = (href: string): string | undefined =>
  /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(href) ? href : undefined

function inlines(text: string, depth: number): Inline[] {
  const out: Inline[] = []
  const plain = (t: string) => {
    const last = out[out.length - 1]
    if (t === '') return
    if (last?.kind === 'text') last.text += t
    else out.push({ kind: 'text', text: t })
  }
  let rest = text
  while (rest !== '') {
    const m = inline.exec(rest)
    if (!m || depth >= MAX_DEPTH) {
      plain(rest)
      break
    }
    plain(rest.slice(0, m.index))
    rest = rest.slice(m.index + m[0].length)
    if (m[1] !== undefined) plain(m[1])
    else if (m[2] !== undefined) out.push({ kind: 'code', text: m[2] })
    else if (m[3] !== undefined) out.push({ kind: 'strong', inner: inlines(m[3], depth + 1) })
    else if (m[4] !== undefined) out.push({ kind: 'em', inner: inlines(m[4], depth + 1) })
    else link(out, plain, m[0], m[5] ?? m[7] ?? '', m[6] ?? m[7] ?? '', depth)
  }
  return out
}

function link(out: Inline[], plain: (t: string) => void, whole: string, words: string, to: string, depth: number) {
  const href = safeHref(to)
  if (!href) plain(whole)
  else if (words === to) out.push({ kind: 'link', href, inner: [{ kind: 'text', text: words }] })
  else out.push({ kind: 'link', href, inner: inlines(words, depth + 1) })
}
