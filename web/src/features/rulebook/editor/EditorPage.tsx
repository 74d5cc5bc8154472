import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { useText } from '@/kit/text'
import { PanelSkeleton } from '../PanelSkeleton'
import { Editor } from './Editor'
import type { Schema } from './schema'
import { fetchDraft } from './useDraft'
import '../rulebook.css'
import './editor.css'

const route = getRouteApi('/shell/rulebooks/$id/edit/$draft')

/** The page on which a draft of a rulebook is written. */
export default function EditorPage() {
  const { t } = useTranslation()
  const text = useText()
  const { id, draft } = route.useParams()
  const navigate = route.useNavigate()
  const back = {
    label: t('draft.back'),
    onClick: () => void navigate({ to: '/rulebooks/$id', params: { id }, search: { tab: 'versions' } }),
  }
  // What is being written is never replaced by a later read; a save that came too late asks.
  const query = useQuery({
    queryKey: ['rulebook-draft', draft],
    queryFn: () => fetchDraft(draft),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const schema = useQuery({
    queryKey: ['rulebook-schema'],
    queryFn: async () => (await http.GET('/api/v1/rulebooks/schema.json')).data as unknown as Schema,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (query.data && schema.data)
    return (
      <Editor key={draft} draft={query.data} schema={schema.data} title={text(query.data.title) || id} back={back} />
    )
  return (
    <Page title={t('draft.title')} back={back}>
      <QueryView query={query} skeleton={<PanelSkeleton />}>
        {() => (
          <QueryView query={schema} skeleton={<PanelSkeleton />}>
            {() => null}
          </QueryView>
        )}
      </QueryView>
    </Page>
  )
}
