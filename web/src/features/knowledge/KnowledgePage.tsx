import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Download, Plus } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { useCommands } from '@/kit/commands'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { useColumns } from './columns'
import { type Item, usePeople, useTags } from './data'
import { articleQuery } from './query'
import { type KnowledgeSearch, type KnowledgeTab, knowledgeTabs } from './routes'
import { ArticleState, Tags } from './words'
import './knowledge.css'

const ArticleForm = lazy(() => import('./ArticleForm'))

const route = getRouteApi('/shell/knowledge')

/** The knowledge base: everything I may read, found by words, tags, keeper and what it waits for. */
export default function KnowledgePage() {
  const { t, i18n } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: KnowledgeSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const mayWrite = usePermission('article.write')
  const write = mayWrite ? () => set({ write: 'new' }) : undefined
  const tab = search.tab ?? 'published'
  // The form closes itself once it has saved: only then the page may go on to the article.
  const made = useRef<string>(undefined)
  useCommands(write ? [{ id: 'article.new', label: t('knowledge.new'), group: 'create', run: write }] : [])
  const download = new URLSearchParams({ format: 'zip', lang: i18n.language })
  for (const [key, v] of Object.entries(articleQuery(tab, search)))
    if (v !== undefined) download.set(key, Array.isArray(v) ? v.join(',') : String(v))
  return (
    <Page
      title={t('app.area.knowledge')}
      fill
      actions={
        <>
          <Button
            href={`/api/v1/articles/export?${download}`}
            download
            title={t('knowledge.export_zip')}
            icon={<Download size={16} strokeWidth={1.75} />}
          >
            {t('knowledge.export')}
          </Button>
          {write && (
            <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={write}>
              {t('knowledge.new')}
            </Button>
          )}
        </>
      }
    >
      <List
        tab={tab}
        search={search}
        set={set}
        onWrite={write}
        tabs={
          <TabBar<KnowledgeTab>
            label={t('app.area.knowledge')}
            tabs={knowledgeTabs
              .filter((key) => mayWrite || key === 'published' || key === 'every')
              .map((key) => ({ key, label: t(`knowledge.tab.${key}`) }))}
            current={tab}
            onChoose={(key) => set({ tab: key, filter: undefined })}
          />
        }
      />
      {search.write && mayWrite && (
        <Suspense>
          <ArticleForm
            onClose={() =>
              made.current
                ? void navigate({ to: '/knowledge/$id', params: { id: made.current }, replace: true })
                : set({ write: undefined })
            }
            onSaved={(a) => {
              made.current = a.id
            }}
          />
        </Suspense>
      )}
    </Page>
  )
}

interface ListProps {
  tab: KnowledgeTab
  search: KnowledgeSearch
  set: (patch: KnowledgeSearch) => void
  tabs: React.ReactNode
  onWrite?: () => void
}

function List({ tab, search, set, tabs, onWrite }: ListProps) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/articles',
    { params: { query: articleQuery(tab, search) } },
    {
      pageParamName: 'cursor',
      initialPageParam: '',
      getNextPageParam: (page: { next_cursor?: string }) => page.next_cursor || undefined,
      placeholderData: keepPreviousData,
    },
  )
  const filtered = Boolean(search.q) || (search.filter?.length ?? 0) > 0
  return (
    <DataTable<Item>
      id="articles"
      label={t('app.area.knowledge')}
      columns={useColumns()}
      rows={query.data?.pages.flatMap((p) => p.items)}
      rowKey={(a) => a.id}
      rowLabel={(a) => text(a.title)}
      error={query.error}
      onRetry={() => void query.refetch()}
      refreshing={query.isRefetching}
      sort={search.sort}
      onSort={(sort) => set({ sort })}
      more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
      onOpen={(a) => void navigate({ to: '/knowledge/$id', params: { id: a.id } })}
      tabs={tabs}
      bar={
        <FilterBar
          fields={useFields(tab)}
          filters={parseFilters(search.filter)}
          onFilters={(f) => set({ filter: f.map(formatFilter) })}
          q={search.q}
          onQ={(q) => set({ q: q || undefined })}
          placeholder={t('knowledge.find')}
        />
      }
      card={(a) => (
        <>
          <div className="card-row">
            <Link className="card-link" to="/knowledge/$id" params={{ id: a.id }}>
              {text(a.title)}
            </Link>
            <ArticleState of={a} />
          </div>
          <Tags of={a.tags} />
          <span className="muted">
            {[a.keeper.name, t(`knowledge.audiences.${a.audience}`), `${t('knowledge.uses')} ${a.uses}`]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      )}
      empty={
        filtered ? (
          <EmptyState
            title={t('knowledge.none_filtered')}
            actions={<Button onClick={() => set({ filter: undefined, q: undefined })}>{t('kit.filter.clear')}</Button>}
          />
        ) : (
          <EmptyState
            title={t(tab === 'published' || tab === 'every' ? 'knowledge.none' : 'knowledge.none_filtered')}
            hint={t('knowledge.none_hint')}
            actions={onWrite && <Button onClick={onWrite}>{t('knowledge.new')}</Button>}
          />
        )
      }
    />
  )
}

function useFields(tab: KnowledgeTab): FilterField[] {
  const { t } = useTranslation()
  const tags = useTags()
  const people = usePeople()
  const choice = (key: string, label: string, options: FilterField['options']): FilterField => ({
    key,
    label,
    kind: 'choice',
    options,
  })
  const fields = [
    choice(
      'tag',
      t('knowledge.tags'),
      (tags.data?.items ?? []).map((x) => ({ value: x.tag, label: `${x.tag} (${x.articles})` })),
    ),
    choice(
      'audience',
      t('knowledge.audience'),
      (['internal', 'public'] as const).map((a) => ({ value: a, label: t(`knowledge.audiences.${a}`) })),
    ),
    {
      ...choice(
        'lacks',
        t('knowledge.lacks'),
        (['zh', 'en'] as const).map((l) => ({ value: l, label: t(`knowledge.lang.${l}`) })),
      ),
      single: true,
    },
  ]
  if (tab !== 'mine')
    fields.push(
      choice('keeper', t('knowledge.keeper'), [
        { value: 'me', label: t('knowledge.me') },
        ...(people.data?.items ?? []).map((p) => ({ value: p.id, label: p.name })),
      ]),
    )
  if (tab === 'mine' || tab === 'every')
    fields.push(
      choice(
        'state',
        t('knowledge.state'),
        (['draft', 'published', 'withdrawn'] as const).map((s) => ({ value: s, label: t(`knowledge.states.${s}`) })),
      ),
    )
  return fields
}
