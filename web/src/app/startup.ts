const KEY = 'kezhi.reloaded'
const AGAIN_MS = 60_000

/** After an update, old tabs ask for files that are gone: reload, but not in a circle. */
export function reloadOnceForNewBuild(): void {
  window.addEventListener('vite:preloadError', (e) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0)
    if (e.timeStamp + performance.timeOrigin - last < AGAIN_MS) return
    e.preventDefault()
    sessionStorage.setItem(KEY, String(e.timeStamp + performance.timeOrigin))
    window.location.reload()
  })
}

/** Lets the service worker keep the hashed files, so that a short loss of network leaves the application standing. */
export function keepAssets(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))
  }
}
