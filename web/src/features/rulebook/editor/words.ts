// How people write figures, and how a rulebook has them.

const figure = /^([+-]?)(\d[\d,_ ]*)(\.\d+)?\s*(万|亿|k|m)?(%?)$/i
const shift: Record<string, number> = { 万: 4, 亿: 8, k: 3, m: 6 }

/** shownFigure groups the digits of a figure; other texts stay as they are. */
export function shownFigure(word: string): string {
  const m = figure.exec(word.trim())
  if (!m || m[4]) return word
  const whole = (m[2] ?? '').replace(/[,_ ]/g, '')
  return `${m[1]}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${m[3] ?? ''}${m[5]}`
}

/** writtenFigure turns what a person typed (`5,000,000`, `500万`, `1.5 亿`) into what a rulebook holds (`5_000_000`). */
export function writtenFigure(typed: string): string {
  const m = figure.exec(typed.trim())
  if (!m) return typed.trim()
  const places = shift[(m[4] ?? '').toLowerCase()] ?? 0
  let whole = (m[2] ?? '').replace(/[,_ ]/g, '')
  let part = (m[3] ?? '').slice(1)
  whole += part.slice(0, places).padEnd(places, '0')
  part = places > 0 ? part.slice(places).replace(/0+$/, '') : part
  whole = whole.replace(/^0+(?=\d)/, '')
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '_') : whole
  return `${m[1] === '+' ? '' : m[1]}${grouped}${part ? `.${part}` : ''}${m[5]}`
}

/** gradesFor reads the grades a duty is for, from `grade == "A"` or `grade in ["A", "B"]`; undefined for anything else. */
export function gradesFor(condition: string): string[] | undefined {
  const one = /^\s*grade\s*==\s*["']([^"']+)["']\s*$/.exec(condition)
  if (one) return [one[1] ?? '']
  const several = /^\s*grade\s+in\s*\[([^\]]*)\]\s*$/.exec(condition)
  const words = several?.[1]?.split(',').map((s) => /^\s*["']([^"']+)["']\s*$/.exec(s)?.[1])
  return words?.every((w) => w !== undefined) ? (words as string[]) : undefined
}

/** forGrades writes that condition. */
export function forGrades(codes: string[]): string {
  if (codes.length === 1) return `grade == "${codes[0]}"`
  return `grade in [${codes.map((c) => `"${c}"`).join(', ')}]`
}
