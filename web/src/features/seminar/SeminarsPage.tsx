import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { dayRange, type Filter, type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { civil } from '@/kit/format'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { type Kind, kinds, type Seminar, stateTones, whenOf } from './data'
import { type SeminarsSearch, type SeminarTab, seminarTabs } from './routes'

const SeminarForm = lazy(() => import('./SeminarForm'))

const route = getRouteApi('/shell/service/events')

const isKind = (v: string): v is Kind => (kinds as string[]).includes(v)

/** asked gives the parameters of a list: those of its tab and those of its filters. */
function asked(tab: SeminarTab, mine: boolean, filters: Filter[]) {
  const day = filters.find((f) => f.field === 'on')
  return {
    state: tab === 'ahead' ? ['planned'] : ['held', 'cancelled'],
    newest: tab === 'past' || undefined,
    mine: mine || undefined,
    kind: filters.find((f) => f.field === 'kind')?.values.filter(isKind),
    ...(day && dayRange(day, civil(new Date()))),
  }
}

/** Events: what is planned, and what was held. */
export default function SeminarsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: SeminarsSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const may = usePermission('duty.read')
  const plans = usePermission('duty.do')
  const [planning, setPlanning] = useState(false)
  const tab = search.tab ?? 'ahead'
  const whose = search.whose ?? 'all'
  const filters = parseFilters(search.filter)
  const columns = useColumns(tab)
  const fields: FilterField[] = [
    {
      key: 'kind',
      label: t('seminar.kind'),
      kind: 'choice',
      options: kinds.map((k) => ({ value: k, label: t(`seminar.kinds.${k}`) })),
    },
    { key: 'on', label: t('seminar.on'), kind: 'date' },
  ]
  const list = api.useInfiniteQuery(
    'get',
    '/api/v1/seminars',
    { params: { query: asked(tab, whose === 'mine', filters) } },
    { ...byCursor, placeholderData: keepPreviousData, enabled: may },
  )
  if (!may) return <NoAccess title={t('seminar.title')} />
  const plan = (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setPlanning(true)}>
      {t('seminar.plan')}
    </Button>
  )
  return (
    <Page
      title={t('seminar.title')}
      fill
      actions={
        <>
          <Choice
            label={t('seminar.whose')}
            value={whose}
            onChange={(v) => set({ whose: v })}
            options={[
              { value: 'all', label: t('seminar.all') },
              { value: 'mine', label: t('seminar.mine') },
            ]}
          />
          {plans && plan}
        </>
      }
    >
      <DataTable<Seminar>
        id={`events-${tab}`}
        label={t('seminar.title')}
        columns={columns}
        rows={list.data?.pages.flatMap((p) => p.items)}
        rowKey={(m) => m.id}
        rowLabel={(m) => m.title_zh || m.title_en}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        onOpen={(m) => void navigate({ to: '/service/events/$id', params: { id: m.id } })}
        tabs={
          <TabBar<SeminarTab>
            label={t('seminar.title')}
            tabs={seminarTabs.map((key) => ({ key, label: t(`seminar.tab.${key}`) }))}
            current={tab}
            onChoose={(key) => set({ tab: key })}
          />
        }
        bar={<FilterBar fields={fields} filters={filters} onFilters={(f) => set({ filter: f.map(formatFilter) })} />}
        card={(m) => <Card of={m} />}
        empty={
          filters.length > 0 ? (
            <EmptyState
              title={t('seminar.none_filtered')}
              actions={<Button onClick={() => set({ filter: undefined })}>{t('kit.filter.clear')}</Button>}
            />
          ) : (
            <EmptyState
              title={t(`seminar.none.${tab}`)}
              hint={t('seminar.none_hint')}
              actions={plans && tab === 'ahead' ? plan : undefined}
            />
          )
        }
      />
      <Suspense>
        {planning && (
          <SeminarForm
            onClose={() => setPlanning(false)}
            onSaved={(m) => void navigate({ to: '/service/events/$id', params: { id: m.id } })}
          />
        )}
      </Suspense>
    </Page>
  )
}

function Title({ of: m, className = 'link' }: { of: Seminar; className?: string }) {
  const text = useText()
  return (
    <Link className={className} to="/service/events/$id" params={{ id: m.id }}>
      {text({ zh: m.title_zh, en: m.title_en })}
    </Link>
  )
}

function State({ of: m }: { of: Seminar }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`seminar.states.${m.state}`)} tone={stateTones[m.state]} />
}

function Card({ of: m }: { of: Seminar }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="card-row">
        <Title of={m} className="card-link" />
        <State of={m} />
      </div>
      <span className="num">{whenOf(m)}</span>
      <span className="muted">{[m.place, m.organiser_name].filter(Boolean).join(' · ')}</span>
      <span className="muted num">
        {m.state === 'held'
          ? t('seminar.line_past', { came: m.tally.came, people: m.tally.people })
          : t('seminar.line_ahead', { invited: m.tally.invited, yes: m.tally.yes, waiting: m.tally.waiting })}
      </span>
    </>
  )
}

function useColumns(tab: SeminarTab): Column<Seminar>[] {
  const { t } = useTranslation()
  const count = (key: 'invited' | 'open' | 'yes' | 'waiting' | 'came' | 'people' | 'absent'): Column<Seminar> => ({
    key,
    title: t(`seminar.tally.${key}`),
    width: 90,
    align: 'right',
    render: (m) => <span className="num">{m.tally[key]}</span>,
  })
  const figures =
    tab === 'ahead' ? (['invited', 'yes', 'waiting', 'open'] as const) : (['invited', 'yes', 'came', 'people'] as const)
  return [
    { key: 'title', title: t('seminar.name'), width: 260, fixed: true, locked: true, render: (m) => <Title of={m} /> },
    { key: 'on', title: t('seminar.on'), width: 190, render: (m) => <span className="num">{whenOf(m)}</span> },
    { key: 'kind', title: t('seminar.kind'), width: 110, render: (m) => t(`seminar.kinds.${m.kind}`) },
    { key: 'state', title: t('seminar.state'), width: 100, render: (m) => <State of={m} /> },
    { key: 'place', title: t('seminar.place'), width: 200, render: (m) => m.place },
    { key: 'organiser', title: t('seminar.organiser'), width: 100, render: (m) => m.organiser_name },
    ...figures.map(count),
  ]
}
