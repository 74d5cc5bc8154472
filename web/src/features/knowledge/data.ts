import { useQueryClient } from '@tanstack/react-query'
import { api, refreshUnder, type Schemas } from '@/api/client'

export type Item = Schemas['ArticleItemView']
export type Article = Schemas['ArticleView']
export type Version = Schemas['ArticleVersionView']

export const useArticle = (id: string) => api.useQuery('get', '/api/v1/articles/{id}', { params: { path: { id } } })

export const useTags = () => api.useQuery('get', '/api/v1/articles/tags', {}, { staleTime: 60_000 })

export const usePeople = () => api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })

/** useSettle puts an article as the server gave it in the place of the shown one, and reads again whatever lists it. */
export function useSettle(): (article: Article | undefined) => Promise<void> {
  const client = useQueryClient()
  return async (a) => {
    if (a) client.setQueryData(['get', '/api/v1/articles/{id}', { params: { path: { id: a.id } } }], a)
    await refreshUnder(client, ['/api/v1/articles'])
  }
}

/** ifMatch names the row version a change is made to. */
export const ifMatch = (a: { row_version: number }) => ({ 'If-Match': `"${a.row_version}"` })
