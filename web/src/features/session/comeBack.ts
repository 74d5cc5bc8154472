import { ApiError } from '@/api/error'

/** What a provider brought back behind the # instead of a session: why not, or the step that waits for the second factor. */
export function comeBack(hash: string): ApiError | undefined {
  const q = new URLSearchParams(hash.replace(/^#/, ''))
  const code = q.get('failed')
  if (!code) return undefined
  return new ApiError(401, code, { name: q.get('name') ?? '', step: q.get('step') ?? '', ways: q.getAll('ways') })
}
