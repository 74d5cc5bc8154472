import { QueryClient } from '@tanstack/react-query'
import { asApiError } from '@/api/error'

const RETRIES = 2
const FRESH_MS = 15_000

/** Retries only what may pass by itself: no answer, or a server that is away. */
function worthRetrying(count: number, e: unknown): boolean {
  const { status, code } = asApiError(e)
  return count < RETRIES && (code === 'network.unreachable' || status === 502 || status === 503 || status === 504)
}

/** The one cache of server state. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: FRESH_MS, retry: worthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})
