export type StatusTone = 'neutral' | 'active' | 'ok' | 'warn' | 'bad'

/** A state as a coloured dot and a plain word; the word alone is enough to understand it. */
export function StatusDot({ label, tone = 'neutral' }: { label: string; tone?: StatusTone }) {
  return <span className={`status s-${tone}`}>{label}</span>
}
