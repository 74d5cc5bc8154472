/** Kinds a clause may have; the last three ask for nothing a program can do. */
export const clauseKinds = [
  'rule',
  'figure',
  'score',
  'data',
  'schedule',
  'approval',
  'workflow',
  'report',
  'permission',
  'communication',
  'principle',
  'purpose',
  'advice',
] as const

/** A clause as clauses.md holds it. */
export interface ClauseText {
  number: string
  title: { zh: string; en: string }
  kind: string
  /** What else stands in the line for machines: `source: […]`. */
  marks: string[]
  text: { zh: string; en: string }
  /** Lines it takes, from 0, the end excluded. */
  from: number
  to: number
}

const heading = /^##+\s+(\S+)\s+(.+?)\s*$/
const mark = /^<!--\s*(.*?)\s*-->$/

/** readClauses reads clauses.md the way the server does; what is not part of a clause is left alone. */
export function readClauses(file: string): ClauseText[] {
  const lines = file.split('\n')
  const starts = lines.flatMap((l, i) => (/^#/.test(l) ? [i] : []))
  return starts.flatMap((from, i) => {
    const m = heading.exec(lines[from] ?? '')
    return m ? [clauseOf(m, lines, from, starts[i + 1] ?? lines.length)] : []
  })
}

function clauseOf(m: RegExpExecArray, lines: string[], from: number, to: number): ClauseText {
  const [zh = '', en] = (m[2] ?? '').split('|').map((s) => s.trim())
  const body = lines.slice(from + 1, to)
  const parts = body
    .map((l) => mark.exec(l.trimEnd())?.[1])
    .filter((x) => x !== undefined)
    .flatMap((x) => x.split(';').map((s) => s.trim()))
  const rest = body.filter((l) => !l.startsWith('<!--'))
  return {
    number: m[1] ?? '',
    title: { zh, en: en ?? zh },
    kind:
      parts
        .find((p) => p.startsWith('kind:'))
        ?.slice('kind:'.length)
        .trim() ?? 'rule',
    marks: parts.filter((p) => p !== '' && !p.startsWith('kind:')),
    text: {
      zh: prose(rest.filter((l) => !l.startsWith('>'))),
      en: prose(rest.filter((l) => l.startsWith('>')).map((l) => l.replace(/^>\s?/, ''))),
    },
    from,
    to,
  }
}

const prose = (lines: string[]): string => lines.join('\n').trim()

/** clauseLines writes a clause; an empty line ends it. */
function clauseLines(c: Omit<ClauseText, 'from' | 'to'>): string[] {
  const quote = (s: string) => s.split('\n').map((l) => (l.trim() === '' ? '>' : `> ${l}`))
  return [
    `## ${c.number} ${c.title.zh} | ${c.title.en}`,
    `<!-- ${[`kind: ${c.kind}`, ...c.marks].join('; ')} -->`,
    // A space keeps a line of prose from being read as a heading, a quotation or a mark.
    ...c.text.zh.split('\n').map((l) => l.replace(/^(?=#|>|<!--)/, ' ')),
    '',
    ...quote(c.text.en),
    '',
  ]
}

/** putClause writes a changed clause in its place; without `was` it is added where its number belongs. */
export function putClause(file: string, c: Omit<ClauseText, 'from' | 'to'>, was?: string): string {
  const lines = file.split('\n')
  const all = readClauses(file)
  const old = all.find((x) => x.number === was)
  if (old) {
    lines.splice(old.from, old.to - old.from, ...clauseLines(c))
    return tidyEnd(lines)
  }
  const next = all.find((x) => byNumber(x.number, c.number) > 0)
  if (next) {
    lines.splice(next.from, 0, ...clauseLines(c))
    return tidyEnd(lines)
  }
  return tidyEnd([...file.trimEnd().split('\n'), '', ...clauseLines(c)])
}

/** takeClause removes a clause. */
export function takeClause(file: string, number: string): string {
  const lines = file.split('\n')
  const old = readClauses(file).find((x) => x.number === number)
  if (old) lines.splice(old.from, old.to - old.from)
  return tidyEnd(lines)
}

const tidyEnd = (lines: string[]): string => `${lines.join('\n').trim()}\n`

/** byNumber orders clause numbers part by part: 3.2 before 3.10. */
export function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** nextNumber proposes a number after the given one, that no clause has. */
export function nextNumber(all: { number: string }[], after: string | undefined): string {
  const taken = new Set(all.map((c) => c.number))
  const from = after ?? all.at(-1)?.number ?? '1.0'
  const m = /^(.*?)(\d+)$/.exec(from)
  for (let n = Number(m?.[2] ?? 0) + 1; ; n++) {
    const number = `${m?.[1] ?? `${from}.`}${n}`
    if (!taken.has(number)) return number
  }
}
