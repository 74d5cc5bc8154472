const KEY = 'kezhi.reloaded'
const AGAIN_MS = 60_000

/** After an update, old tabs ask for files that are gone: reload, but not in a circle, and not where there is no network to load from. */
export function reloadOnceForNewBuild(): void {
  window.addEventListener('vite:preloadError', (e) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0)
    if (!navigator.onLine) return
    if (e.timeStamp + performance.timeOrigin - last < AGAIN_MS) return
    e.preventDefault()
    sessionStorage.setItem(KEY, String(e.timeStamp + performance.timeOrigin))
    window.location.reload()
  })
}

const LOOK_MS = 3600_000
let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()

/** keepApp installs the service worker (public/sw.js), and looks each hour whether the server has a new version. */
export function keepApp(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    void navigator.serviceWorker
      .register('/sw.js')
      .then((r) => {
        follow(r)
        setInterval(() => void r.update().catch(() => undefined), LOOK_MS)
      })
      .catch(() => undefined)
  })
}

/** follow notices a version that waits for the pages of the present one: the very first has none to wait for. */
function follow(r: ServiceWorkerRegistration): void {
  const found = () => {
    if (!r.waiting || !navigator.serviceWorker.controller) return
    waiting = r.waiting
    for (const l of listeners) l()
  }
  found()
  r.addEventListener('updatefound', () => r.installing?.addEventListener('statechange', found))
}

/** isNewVersion tells whether a newer version waits. */
export const isNewVersion = (): boolean => waiting !== undefined

/** onNewVersion calls back when one begins to wait; it returns the way to stop that. */
export function onNewVersion(l: () => void): () => void {
  listeners.add(l)
  return () => listeners.delete(l)
}

/** takeOver lets the version that waits have all pages, and loads this one with it. */
export function takeOver(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true })
  waiting?.postMessage('take-over')
}
