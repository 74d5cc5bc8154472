import type { TFunction } from 'i18next'
import { sentencesCome } from './sentences'

/** One field that the server refused: its JSON path, a stable code, and arguments for the sentence. */
export interface FieldError {
  path: string
  code: string
  args: Record<string, unknown>
}

/**
 * An answer of the server that is not a success, or no answer at all (`status` 0).
 * `code` is stable; the sentence comes from `locales/<language>/errors*.json`.
 */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly args: Record<string, unknown>
  readonly fields: FieldError[]

  constructor(status: number, code: string, args: Record<string, unknown> = {}, fields: FieldError[] = []) {
    super(code)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.args = args
    this.fields = fields
  }
}

/** problemOf reads a problem+json body; other bodies give the general code of their status. */
export function problemOf(status: number, body: unknown): ApiError {
  const p = (typeof body === 'object' && body !== null ? body : {}) as {
    code?: unknown
    args?: unknown
    fields?: unknown
  }
  const code = typeof p.code === 'string' && p.code !== '' ? p.code : generalCode(status)
  return new ApiError(status, code, record(p.args), Array.isArray(p.fields) ? p.fields.map(fieldOf) : [])
}

function fieldOf(f: unknown): FieldError {
  const { path, code, args } = record(f)
  return { path: String(path ?? ''), code: String(code ?? 'field.invalid'), args: record(args) }
}

function record(v: unknown): Record<string, unknown> {
  return typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Record<string, unknown>) : {}
}

/** generalCode names what a bare HTTP status means when the body says nothing. */
function generalCode(status: number): string {
  if (status === 401) return 'session.expired'
  if (status === 403) return 'request.forbidden'
  if (status === 404) return 'request.not_found'
  if (status === 409 || status === 412) return 'request.conflict'
  if (status === 413) return 'request.too_large'
  if (status === 429) return 'request.too_many'
  if (status === 502 || status === 503 || status === 504) return 'server.unavailable'
  return status >= 500 ? 'server.failed' : 'request.refused'
}

/** What Vite throws when the styles of a part of the page could not be fetched. */
const NO_STYLES = /^Unable to preload CSS/

/** asApiError turns anything thrown into an ApiError; a failed fetch becomes `network.unreachable`. */
export function asApiError(e: unknown): ApiError {
  if (e instanceof ApiError) return e
  if (e instanceof TypeError || (e instanceof Error && NO_STYLES.test(e.message)))
    return new ApiError(0, 'network.unreachable')
  return new ApiError(0, 'client.failed', { detail: e instanceof Error ? e.message : String(e) })
}

/**
 * sentence finds the words for a code; an unknown code is shown itself, so that support can look it up. Codes that stand in
 * data, not in a failure, may come before their sentences: they are empty for that moment.
 */
export function sentence(t: TFunction, code: string, args: Record<string, unknown> = {}): string {
  const found = t(code, { ...args, ns: 'errors', keySeparator: false, defaultValue: '' })
  if (found || sentencesCome()) return found
  return t('server.unknown_code', { ns: 'errors', keySeparator: false, code })
}

/** errorText is the sentence a person reads for any thrown value. */
export function errorText(t: TFunction, e: unknown): string {
  const a = asApiError(e)
  return sentence(t, a.code, a.args)
}
