import { api } from '@/api/client'

/** The least number of characters of a password, as the installation asks. */
export function usePasswordLength(): number {
  const { data } = api.useQuery('get', '/api/v1/setup', {}, { staleTime: 60_000 })
  return data?.password_length ?? 12
}
