import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { http } from '@/api/client'
import type { Files } from './history'

const CHECK_AFTER_MS = 500

/** useCheck asks the server what it finds in the texts and how the cases come out, shortly after each change. */
export function useCheck(id: string, files: Files) {
  const [settled, setSettled] = useState(files)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(files), CHECK_AFTER_MS)
    return () => clearTimeout(timer)
  }, [files])
  const common = { placeholderData: keepPreviousData, gcTime: 0, retry: false, refetchOnWindowFocus: false } as const
  const problems = useQuery({
    queryKey: ['rulebook-draft-check', id, settled],
    queryFn: async ({ signal }) =>
      (await http.POST('/api/v1/rulebooks/check', { body: { files: settled }, signal })).data,
    ...common,
  })
  const cases = useQuery({
    queryKey: ['rulebook-draft-test', id, settled],
    queryFn: async ({ signal }) =>
      (await http.POST('/api/v1/rulebooks/test', { body: { files: settled }, signal })).data,
    ...common,
  })
  return { problems, cases, checking: settled !== files || problems.isFetching || cases.isFetching }
}

export type Check = ReturnType<typeof useCheck>
