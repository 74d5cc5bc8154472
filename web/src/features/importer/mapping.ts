import type { Field, Line, Preview, Settings } from './data'

/** Where the value of a field comes from. */
export type Source = { kind: 'none' } | { kind: 'column'; header: string } | { kind: 'constant'; text: string }

export const ATTR = 'attr.'

/** sourceOf reads one value of a mapping: a header, `=TEXT` for a constant, empty for nothing. */
export function sourceOf(value: string | undefined): Source {
  if (!value) return { kind: 'none' }
  return value.startsWith('=') ? { kind: 'constant', text: value.slice(1) } : { kind: 'column', header: value }
}

/** mappingOf is the mapping as it stands: what was chosen, completed by what was guessed. */
export const mappingOf = (s: Settings, p: Preview): Record<string, string> => ({ ...p.mapping, ...s.mapping })

/** applyProfile gives the settings of a saved profile; how this file is stored stays as it was found unless the profile says otherwise. */
export function applyProfile(current: Settings, p: Settings): Settings {
  return {
    mapping: p.mapping,
    cancel_prefix: p.cancel_prefix ?? '',
    create_customers: p.create_customers ?? false,
    allow_same_name: p.allow_same_name ?? false,
    mode: p.mode ?? '',
    date_order: p.date_order ?? '',
    decimal_comma: p.decimal_comma ?? false,
    sheet: p.sheet || current.sheet,
    encoding: p.encoding || current.encoding,
    header_row: p.header_row || current.header_row,
  }
}

const SAMPLES = 3

/** samples gives the first different values of a column. */
export function samples(p: Preview, header: string): string[] {
  const at = p.header.indexOf(header)
  if (at < 0) return []
  const seen = new Set<string>()
  for (const row of p.rows) {
    const cell = row?.[at]?.trim()
    if (cell) seen.add(cell)
    if (seen.size === SAMPLES) break
  }
  return [...seen]
}

/** unusedColumns are the headers that no field takes. */
export function unusedColumns(p: Preview, mapping: Record<string, string>): string[] {
  const used = new Set(Object.values(mapping))
  return p.header.filter((h) => h !== '' && !used.has(h))
}

/** attrName is the name under which a further column is kept with a fact. */
export const attrName = (header: string): string => ATTR + header.trim().toLowerCase()

/** missing lists the required fields that have no source, and the amount where a kind of fact needs one. */
export function missing(fields: Field[], mapping: Record<string, string>, needsAmount: boolean): string[] {
  const has = (name: string) => Boolean(mapping[name])
  const out = fields.filter((f) => f.required && !has(f.name)).map((f) => f.name)
  if (needsAmount && !has('amount') && !(has('quantity') && has('price'))) out.push('amount')
  return out
}

/** arrange puts required and used fields first; the second list are those nobody has used yet. */
export function arrange(fields: Field[], mapping: Record<string, string>): [Field[], Field[]] {
  const first = fields.filter((f) => f.required || mapping[f.name])
  return [first, fields.filter((f) => !first.includes(f))]
}

/** badCells are the columns of a line, counted from 0, that have a problem. */
export function badCells(line: Line, header: string[], mapping: Record<string, string>): Set<number> {
  const out = new Set<number>()
  for (const p of line.problems) {
    const named = typeof p.args?.header === 'string' ? p.args.header : mapping[p.path]
    const at = named ? header.indexOf(named) : -1
    if (at >= 0) out.add(at)
  }
  return out
}

/** existing is the record that a problem says is there already. */
export function existing(line: Line): { code: string; name: string } | undefined {
  for (const { code, args } of line.problems) {
    const known = ['exists', 'name_exists', 'code_differs', 'name_ambiguous'].some((k) => code === `importer.${k}`)
    if (known && typeof args?.code === 'string') return { code: args.code, name: String(args.name ?? '') }
  }
  return undefined
}
