import { keepPreviousData } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import type { paths } from '@/api/schema'
import { CaseLink } from '@/kit/CaseLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { type Filter, type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { useText } from '@/kit/text'
import { useCaseColumns } from './columns'
import { type Case, usePeople } from './data'
import type { CaseSearch, CaseTab } from './routes'
import { CaseStatus, Due } from './words'

type Query = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']>

export const kinds = [
  'complaint',
  'service',
  'enquiry',
  'visitor',
  'suggestion',
  'incident',
  'corrective_action',
  'approval',
  'review',
] as const
const statuses = ['running', 'paused', 'ended', 'withdrawn'] as const

const ofTab: Partial<Record<CaseTab, Query>> = {
  mine: { mine: true },
  open: { status: ['running', 'paused'] },
  overdue: { overdue: true },
  stuck: { stuck: true },
}

/** caseQuery turns tab, search and conditions into the query of the API. */
export function caseQuery(tab: CaseTab, search: CaseSearch): Query {
  const q: Query = { ...ofTab[tab], q: search.q || undefined, sort: search.sort }
  for (const f of parseFilters(search.filter)) apply(q, f)
  return q
}

function apply(q: Query, f: Filter): void {
  const values = f.values.filter((v) => v !== '')
  if (values.length === 0) return
  if (f.field === 'kind') q.kind = values
  if (f.field === 'status') q.status = values
  if (f.field === 'owner') q.owner = values
}

interface Props {
  tab: CaseTab
  search: CaseSearch
  set: (patch: CaseSearch) => void
  tabs: ReactNode
  onStart?: () => void
}

/** The cases one may see: those of customers who come first before all others, then by the nearest limit. */
export function CaseList({ tab, search, set, tabs, onStart }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/cases',
    { params: { query: caseQuery(tab, search) } },
    {
      ...byCursor,
      placeholderData: keepPreviousData,
    },
  )
  const { sort: _, ...which } = caseQuery(tab, search)
  const count = api.useQuery(
    'get',
    '/api/v1/cases/count',
    { params: { query: which } },
    { placeholderData: keepPreviousData },
  )
  const open = (c: Case) => void navigate({ to: '/cases/$id', params: { id: c.id } })
  const filtered = Boolean(search.q) || (search.filter?.length ?? 0) > 0
  return (
    <DataTable<Case>
      id="cases"
      label={t('app.area.case')}
      columns={useCaseColumns()}
      rows={query.data?.pages.flatMap((p) => p.items)}
      rowKey={(c) => c.id}
      rowLabel={(c) => `${c.number} ${c.title}`}
      error={query.error}
      onRetry={() => void query.refetch()}
      refreshing={query.isRefetching}
      total={count.data?.count}
      over={count.data?.more}
      more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
      onOpen={open}
      tabs={tabs}
      bar={
        <FilterBar
          fields={useFields(tab)}
          filters={parseFilters(search.filter)}
          onFilters={(f) => set({ filter: f.map(formatFilter) })}
          q={search.q}
          onQ={(q) => set({ q: q || undefined })}
          placeholder={t('procedure.find')}
        />
      }
      card={(c) => (
        <>
          <div className="card-row">
            <CaseLink to={`/cases/${c.id}`} className="card-link">
              {c.title}
            </CaseLink>
            <CaseStatus of={c} />
          </div>
          <span className="muted">
            {c.number} · {c.customer?.name ?? t('procedure.no_customer')}
          </span>
          <span className="card-row">
            <span className="muted">{c.steps.map((s) => text(s.title)).join(t('kit.list_comma'))}</span>
            <Due at={c.next_due_at} over={c.ended_at !== ''} />
          </span>
        </>
      )}
      empty={<Nothing tab={tab} filtered={filtered} set={set} onStart={onStart} />}
    />
  )
}

function useFields(tab: CaseTab): FilterField[] {
  const { t } = useTranslation()
  const people = usePeople()
  const fields: FilterField[] = [
    {
      key: 'kind',
      label: t('procedure.kind'),
      kind: 'choice',
      options: kinds.map((k) => ({ value: k, label: t(`procedure.kinds.${k}`) })),
    },
    {
      key: 'owner',
      label: t('procedure.owner'),
      kind: 'choice',
      options: [
        { value: 'me', label: t('procedure.me') },
        { value: 'none', label: t('procedure.nobody') },
        ...(people.data?.items ?? []).map((p) => ({ value: p.id, label: p.name })),
      ],
    },
  ]
  if (tab === 'open') return fields
  const status: FilterField = {
    key: 'status',
    label: t('procedure.state'),
    kind: 'choice',
    options: statuses.map((s) => ({ value: s, label: t(`procedure.status.${s}`) })),
  }
  return [...fields, status]
}

function Nothing({ tab, filtered, set, onStart }: Pick<Props, 'tab' | 'set' | 'onStart'> & { filtered: boolean }) {
  const { t } = useTranslation()
  if (filtered)
    return (
      <EmptyState
        title={t('procedure.none.filtered')}
        actions={<Button onClick={() => set({ filter: undefined, q: undefined })}>{t('kit.filter.clear')}</Button>}
      />
    )
  return (
    <EmptyState
      title={t(`procedure.none.${tab}`)}
      hint={t('procedure.none.hint')}
      actions={onStart && <Button onClick={onStart}>{t('procedure.start.do')}</Button>}
    />
  )
}
