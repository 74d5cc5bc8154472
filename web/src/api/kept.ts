/**
 * What the service worker (public/sw.js) kept of the last reads: whether the page shows some of it, and the way to delete it.
 */
const HEADER = 'X-Kezhi-Kept'
const READS = 'kezhi-reads'

let since: number | undefined
const listeners = new Set<() => void>()
const hearers = new Set<() => void>()

function say(at: number | undefined): void {
  if (at === since) return
  since = at
  for (const l of listeners) l()
}

/** noteRead looks at an answer: one that was kept says since when; one of the server ends that. */
export function noteRead(headers: Headers): void {
  const at = Number(headers.get(HEADER) ?? 0)
  if (at === 0) {
    say(undefined)
    for (const h of hearers) h()
  } else say(since === undefined ? at : Math.min(since, at))
}

/** keptSince is the moment (milliseconds) of the oldest read on the page that was kept; undefined while the server answers. */
export const keptSince = (): number | undefined => since

/** onKept calls back when that changes; it returns the way to stop that. */
export function onKept(l: () => void): () => void {
  listeners.add(l)
  return () => listeners.delete(l)
}

/** onAnswer calls back at every answer of the server itself; it returns the way to stop that. */
export function onAnswer(h: () => void): () => void {
  hearers.add(h)
  return () => hearers.delete(h)
}

/** forgetKept deletes what was kept; the service worker does so too, unless the page was loaded past it. */
export async function forgetKept(): Promise<void> {
  if ('caches' in window) await caches.delete(READS)
}
