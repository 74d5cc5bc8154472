import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import createFetchClient, { type Middleware } from 'openapi-fetch'
import createClient from 'openapi-react-query'
import { problemOf } from './error'
import { noteRead } from './kept'
import type { components, paths } from './schema'
import { loadSentences } from './sentences'
import { waitForProof, waitForSignIn } from './session'

export type Schemas = components['schemas']
export type Me = Schemas['UserMe']

/** Requests whose 401 is an answer to the person, not an expired session. */
const open = /\/api\/v1\/(?:session(?:\/.*)?|setup|me|me\/proof|me\/passkeys\/proof)$/

/** send performs a request; on an expired session it waits for the next sign-in and tries once more. */
export async function send(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname
  if (open.test(path) && request.method !== 'PATCH') return globalThis.fetch(request)
  const again = request.clone()
  const response = await globalThis.fetch(request)
  const ways = response.status === 403 ? await proofOf(response) : undefined
  if (response.status !== 401 && !ways) return response
  if (!(await (ways ? waitForProof(ways) : waitForSignIn()))) return response
  return globalThis.fetch(again)
}

/** The ways of the proof that an answer asks for before something that matters. */
async function proofOf(response: Response): Promise<string[] | undefined> {
  const body = await response
    .clone()
    .json()
    .catch(() => undefined)
  return body?.code === 'user.prove_again' ? (body.args?.ways ?? []) : undefined
}

const asProblem: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18next.language || 'zh')
    return request
  },
  async onResponse({ response }) {
    noteRead(response.headers)
    if (response.ok || response.status === 304) return
    const body = await response
      .clone()
      .json()
      .catch(() => undefined)
    await loadSentences()
    throw problemOf(response.status, body)
  },
}

/** Lists that the API reads from a repeated parameter, because their values may hold commas. */
const repeated = ['filter']

/** queryOf writes parameters as the API reads them: the values of a list stand together, separated by commas. */
export function queryOf(query: Record<string, unknown>): string {
  const out = new URLSearchParams()
  for (const [key, v] of Object.entries(query)) {
    if (v === undefined || v === null) continue
    if (!Array.isArray(v)) out.append(key, String(v))
    else if (repeated.includes(key)) for (const one of v) out.append(key, String(one))
    else if (v.length > 0) out.append(key, v.join(','))
  }
  return out.toString()
}

/** Typed requests: `http.POST('/api/v1/…', { body })`. Every failure is thrown as an ApiError. */
export const http = createFetchClient<paths>({ baseUrl: window.location.origin, fetch: send, querySerializer: queryOf })
http.use(asProblem)

/** Typed hooks: `api.useQuery('get', '/api/v1/…')`, `api.useMutation('post', …)`, `api.queryOptions(…)`. */
export const api = createClient(http)

/** Where something was changed: the paths of what shows it, each with all that lies below. */
type Prefixes = readonly `/api/v1/${string}`[]

/**
 * refreshUnder has everything read anew at these paths and below them ('/api/v1/duties' is also '/api/v1/duties/{id}' and
 * '/api/v1/duties/counts'). With `later` what is on the screen waits for its next turn: the
 * page has already put the change in its place.
 */
export function refreshUnder(client: QueryClient, prefixes: Prefixes, later = false): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [method, path] }) =>
      method === 'get' && prefixes.some((p) => path === p || String(path).startsWith(`${p}/`)),
    refetchType: later ? 'none' : 'active',
  })
}

/** useRefreshUnder binds refreshUnder: what an act calls when it is done. */
export function useRefreshUnder(...prefixes: Prefixes): () => Promise<void> {
  const client = useQueryClient()
  return () => refreshUnder(client, prefixes)
}

/** newKey is a fresh idempotency key (128 random bits, hexadecimal); it also works without TLS. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

/** The options of every list that is read page by page: the server gives the cursor of the next page, empty after the last. */
export const byCursor = {
  pageParamName: 'cursor',
  initialPageParam: '',
  getNextPageParam: (page: { next_cursor?: string }) => page.next_cursor || undefined,
}
