import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { http } from '@/api/client'
import { type Import, putImport, type Settings } from './data'

/**
 * useOptions holds the settings of an import as the person sees them. Every change is stored at once, one after the other; `settled` resolves
 * when all of them are, false when one was refused.
 */
export function useOptions(m: Import) {
  const client = useQueryClient()
  const [draft, setDraft] = useState(m.options)
  const [failure, setFailure] = useState<unknown>()
  const version = useRef(m.version)
  const latest = useRef(m.options)
  const queue = useRef<Promise<boolean>>(Promise.resolve(true))
  const { id } = m
  const save = useCallback(
    (change: Partial<Settings>) => {
      const next = { ...latest.current, ...change }
      latest.current = next
      setDraft(next)
      queue.current = queue.current.then(async () => {
        try {
          const { data } = await http.PUT('/api/v1/imports/{id}/options', {
            params: { path: { id }, header: { 'If-Match': `"${version.current}"` } },
            body: next,
          })
          if (data) {
            version.current = data.version
            putImport(client, data)
          }
          setFailure(undefined)
          await client.invalidateQueries({ queryKey: ['get', '/api/v1/imports/{id}/preview'] })
          return true
        } catch (e) {
          setFailure(e)
          return false
        }
      })
    },
    [client, id],
  )
  return { draft, save, failure, settled: () => queue.current }
}
