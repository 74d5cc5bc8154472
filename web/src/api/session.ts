/**
 * What to do when the server no longer knows the session, or wants to know once more who sits there: requests wait here while
 * a person signs in again or proves it, then go out once more. Nothing that was typed is lost.
 */
type Listener = (expired: boolean) => void

let pending: { promise: Promise<boolean>; settle: (again: boolean) => void; ways?: string[] } | undefined
const listeners = new Set<Listener>()

/** waitForSignIn resolves true once somebody signed in again, false when they chose to leave. */
export const waitForSignIn = (): Promise<boolean> => wait()

/** waitForProof resolves true once the person has proved who sits there by one of the ways, false when they chose not to. */
export const waitForProof = (ways: string[]): Promise<boolean> => wait(ways)

/** proofAsked gives the ways of the proof that is waited for; undefined when it is a sign-in. */
export const proofAsked = (): string[] | undefined => pending?.ways

function wait(ways?: string[]): Promise<boolean> {
  if (!pending) {
    let settle: (again: boolean) => void = () => {}
    const promise = new Promise<boolean>((resolve) => {
      settle = resolve
    })
    pending = { promise, settle, ways }
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
