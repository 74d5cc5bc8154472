import { useEffect, useRef } from 'react'
import { register, suspend } from './shortcuts'

/**
 * useShortcut runs `run` on a key while the component is shown.
 * Keys: `j`, `?`, `/`, `enter`, `escape`, `up`, `mod+k` (Ctrl or ⌘), `shift+enter`, a sequence `g c`.
 * Plain keys are ignored while somebody types and while a dialog is open.
 * A `label` (already translated) puts it into the `?` list; `when: false` switches it off.
 */
export function useShortcut(
  keys: string,
  run: (e: KeyboardEvent) => void,
  options: { label?: string; group?: string; when?: boolean } = {},
): void {
  const latest = useRef(run)
  latest.current = run
  const { label, group, when = true } = options
  useEffect(() => {
    if (!when) return
    return register({ keys, label, group, run: (e) => latest.current(e) })
  }, [keys, label, group, when])
}

/** useSuspendShortcuts switches plain shortcuts off while `on`, for dialogs. */
export function useSuspendShortcuts(on: boolean): void {
  useEffect(() => (on ? suspend() : undefined), [on])
}
