import { http, type Me } from '@/api/client'
import { sendFile } from '@/kit/sendFiles'
import type { Visit } from '../data'
import type { Wire } from './queue'

/** How long a request may take on a bad line before it is tried again later, in milliseconds. */
const PATIENCE_MS = 30_000
/** The slowest line a file is sent over, in bytes per millisecond. */
const SLOWEST = 4

/** Requests of the queue do not wait for a sign-in: another person might sign in. */
const within = (ms: number) => (request: Request) => globalThis.fetch(request, { signal: AbortSignal.timeout(ms) })
const straight = within(PATIENCE_MS)

/** The way to the server. */
export const wire: Wire = {
  who: async () => {
    // What the service worker kept says who was signed in, not who is.
    const { data } = await http.GET('/api/v1/me', { fetch: straight, cache: 'no-store' })
    return (data as Me).id
  },
  file: (f) => sendFile(f, within(PATIENCE_MS + f.size / SLOWEST)),
  act: async ({ visit, key, body, files }) => {
    const { data } = await http.POST('/api/v1/visits/{id}/acts', {
      fetch: straight,
      params: { path: { id: visit.id }, header: { 'Idempotency-Key': key } },
      body: { ...body, files },
    })
    return data as Visit
  },
}
