/**
 * What to do when the server no longer knows the session: requests wait here while a person signs in
 * again, then go out once more. Nothing that was typed is lost.
 */
type Listener = (expired: boolean) => void

let pending: { promise: Promise<boolean>; settle: (again: boolean) => void } | undefined
const listeners = new Set<Listener>()

/** waitForSignIn resolves true once somebody signed in again, false when they chose to leave. */
export function waitForSignIn(): Promise<boolean> {
  if (!pending) {
    let settle: (again: boolean) => void = () => {}
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve
    })
    pending = { promise, settle }
    for (const l of listeners) l(true)
  }
  return pending.promise
}

/** signInDone lets the waiting requests go on (`true`) or fail (`false`). */
export function signInDone(again: boolean): void {
  const p = pending
  pending = undefined
  for (const l of listeners) l(false)
  p?.settle(again)
}

/** isWaiting tells whether requests wait for a sign-in. */
export const isWaiting = (): boolean => pending !== undefined

/** onExpiry calls back when requests begin or cease to wait; it returns the way to stop that. */
export function onExpiry(l: Listener): () => void {
  listeners.add(l)
  return () => listeners.delete(l)
}
