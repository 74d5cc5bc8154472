/** One shortcut that can be pressed now. `keys` as in `useShortcut`. */
export interface Shortcut {
  keys: string
  label?: string
  group?: string
  run: (e: KeyboardEvent) => void
}

const SEQUENCE_MS = 900

const active = new Set<Shortcut>()
let prefix: { key: string; at: number } | undefined
let suspended = 0

/** listShortcuts gives the labelled shortcuts that work on this page, for the `?` list. */
export const listShortcuts = (): Shortcut[] => [...active].filter((s) => s.label)

/** register makes a shortcut work until the returned function is called; the latest one wins. */
export function register(s: Shortcut): () => void {
  active.add(s)
  return () => active.delete(s)
}

/** suspend switches plain-letter shortcuts off (a dialog is open) until the returned function is called. */
export function suspend(): () => void {
  suspended++
  return () => {
    suspended--
  }
}

const editable = 'input, textarea, select, [contenteditable=""], [contenteditable=true], .cm-editor'

/** typing tells whether the event belongs to a field that takes letters. */
function typing(e: KeyboardEvent): boolean {
  const el = e.target instanceof Element ? e.target.closest<HTMLElement>(editable) : null
  if (!el) return false
  return !(el instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(el.type))
}

/** chord is the canonical name of a key press, such as `mod+k`, `shift+enter`, `?` or `j`. */
export function chord(e: KeyboardEvent): string {
  const key = e.key.length === 1 ? e.key.toLowerCase() : e.key.toLowerCase().replace('arrow', '')
  const mods = [
    e.metaKey || e.ctrlKey ? 'mod' : '',
    e.altKey ? 'alt' : '',
    e.shiftKey && e.key.length > 1 ? 'shift' : '',
  ]
  return [...mods.filter(Boolean), key].join('+')
}

/** dispatch runs the shortcut that a key press means, if any, and tells whether there was one. */
export function dispatch(e: KeyboardEvent, now: number): boolean {
  if (e.isComposing || e.defaultPrevented) return false
  const pressed = chord(e)
  const plain = !pressed.startsWith('mod+')
  if (plain && (typing(e) || suspended > 0)) return false
  const sequence = prefix && now - prefix.at < SEQUENCE_MS ? `${prefix.key} ${pressed}` : ''
  const all = [...active].reverse()
  const hit = all.find((s) => s.keys === sequence) ?? all.find((s) => s.keys === pressed)
  prefix = !hit && all.some((s) => s.keys.startsWith(`${pressed} `)) ? { key: pressed, at: now } : undefined
  if (!hit) return false
  e.preventDefault()
  hit.run(e)
  return true
}

if (typeof window !== 'undefined') window.addEventListener('keydown', (e) => dispatch(e, e.timeStamp))
