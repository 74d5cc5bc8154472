/** A line of two texts laid beside each other. */
export interface DiffLine {
  op: ' ' | '+' | '-'
  text: string
}

/** Beyond so many pairs of lines the middle is shown as wholly replaced. */
const MAX_PAIRS = 4_000_000

/** diffLines gives the lines of two texts, those that stayed, went and came, by their longest common run. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before === '' ? [] : before.split('\n')
  const b = after === '' ? [] : after.split('\n')
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let end = 0
  while (end < a.length - from && end < b.length - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (text: string): DiffLine => ({ op: ' ', text })
  return [
    ...a.slice(0, from).map(same),
    ...middle(a.slice(from, a.length - end), b.slice(from, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]
}

function middle(a: string[], b: string[]): DiffLine[] {
  const w = b.length + 1
  if ((a.length + 1) * w > MAX_PAIRS)
    return [...a.map((text) => ({ op: '-' as const, text })), ...b.map((text) => ({ op: '+' as const, text }))]
  // common[i * w + j] is the length of the longest common run of a from i and b from j.
  const common = new Uint32Array((a.length + 1) * w)
  const at = (i: number, j: number): number => common[i * w + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * w + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const out: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ op: ' ', text: a[i++] ?? '' })
      j++
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1)))
      out.push({ op: '-', text: a[i++] ?? '' })
    else out.push({ op: '+', text: b[j++] ?? '' })
  }
  return out
}
