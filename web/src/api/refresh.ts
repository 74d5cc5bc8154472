import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { paths } from './schema'

/** refreshUnder reads again what was read from these paths and from every path below them: `/api/v1/cases` covers its counts too. */
export function refreshUnder(client: QueryClient, ...under: (keyof paths)[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [method, path] }) =>
      method === 'get' && under.some((p) => path === p || String(path).startsWith(`${p}/`)),
  })
}

/** useRefreshUnder gives a function that does so, to be called after an act. */
export function useRefreshUnder(...under: (keyof paths)[]): () => Promise<void> {
  const client = useQueryClient()
  return () => refreshUnder(client, ...under)
}
