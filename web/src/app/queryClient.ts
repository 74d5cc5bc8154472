import { onlineManager, QueryClient } from '@tanstack/react-query'
import { asApiError } from '@/api/error'
import { keptSince, onKept } from '@/api/kept'

const RETRIES = 2
const FRESH_MS = 15_000

/** Retries only what may pass by itself: no answer, or a server that is away. */
function worthRetrying(count: number, e: unknown): boolean {
  const { status, code } = asApiError(e)
  if (!onlineManager.isOnline()) return false
  return count < RETRIES && (code === 'network.unreachable' || status === 502 || status === 503 || status === 504)
}

// The manager only hears of changes: a page that is opened without a network says so from the start.
onlineManager.setOnline(navigator.onLine)

/** The one cache of server state. Without a network it asks all the same, because the service worker answers what it kept. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: worthRetrying,
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
      networkMode: 'always',
    },
    mutations: { retry: false },
  },
})

/** How soon after the last time everything may be read anew, in milliseconds: a bad line comes and goes. */
const ANEW_MS = 10_000
let last = 0
let coming: ReturnType<typeof setTimeout> | undefined

// When the server answers again, what was kept still stands on the page beside what it says now: all of it is read anew.
onKept(() => {
  if (keptSince() !== undefined || coming) return
  coming = setTimeout(
    () => {
      coming = undefined
      last = Date.now()
      void queryClient.invalidateQueries({}, { cancelRefetch: false })
    },
    Math.max(0, last + ANEW_MS - Date.now()),
  )
})
