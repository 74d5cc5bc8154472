import { type KeyboardEvent, useState } from 'react'

/** A cell of a file that can be corrected: Enter and leaving it store the text, Escape puts back what was there. */
export function CellInput(p: { label: string; value: string; bad?: boolean; onSet: (v: string) => Promise<void> }) {
  const [text, setText] = useState(p.value)
  const [busy, setBusy] = useState(false)
  const store = async () => {
    if (text === p.value) return
    setBusy(true)
    await p.onSet(text)
    setBusy(false)
  }
  const key = (e: KeyboardEvent<HTMLInputElement>) => {
    if (e.nativeEvent.isComposing) return
    if (e.key === 'Enter') e.currentTarget.blur()
    if (e.key === 'Escape') setText(p.value)
  }
  return (
    <input
      className={p.bad ? 'cell cell-bad' : 'cell'}
      aria-label={p.label}
      aria-invalid={p.bad || undefined}
      disabled={busy}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onBlur={() => void store()}
      onKeyDown={key}
    />
  )
}
