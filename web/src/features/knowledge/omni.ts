import i18next from 'i18next'
import { http } from '@/api/client'
import type { OmniProvider } from '@/kit/commands'
import { textIn } from '@/kit/text'

/** Finds articles for the command menu by the words of title, text and tags. */
export const omni: OmniProvider = {
  search: async (q, signal, go) => {
    if (q.trim().length < 2) return []
    const { data } = await http.GET('/api/v1/articles', {
      params: { query: { q, state: ['published'], limit: 5 } },
      signal,
    })
    return (data?.items ?? []).map((a) => ({
      id: `article.${a.id}`,
      label: textIn(i18next.language, a.title),
      group: 'found',
      hint: a.tags.join(' · '),
      run: () => go(`/knowledge/${a.id}`),
    }))
  },
}
