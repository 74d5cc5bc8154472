import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { Download } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, queryOf } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { dayRange, type Filter, type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { civil, useFormat } from '@/kit/format'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import { type Promised, PromiseState } from '@/kit/promises'
import { TabBar } from '@/kit/TabBar'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { type PromiseSearch, type PromiseTab, promiseTabs } from './routes'

const PromisePanel = lazy(() => import('./PromisePanel'))

const route = getRouteApi('/shell/promises')

const states: Record<PromiseTab, Promised['state'][]> = {
  open: ['open'],
  overdue: ['overdue'],
  past: ['kept', 'late', 'broken', 'withdrawn'],
}

const isState = (v: string, all: readonly string[]): v is Promised['state'] => all.includes(v)

/** asked gives the parameters of a list: those of its tab and those of its filters. */
function asked(tab: PromiseTab, mine: boolean, filters: Filter[]) {
  const chosen = filters.find((f) => f.field === 'state')?.values.filter((v) => isState(v, states[tab]))
  const due = filters.find((f) => f.field === 'due')
  return {
    owner: mine ? ['me'] : undefined,
    state: chosen && chosen.length > 0 ? chosen : states[tab],
    made_in: filters.find((f) => f.field === 'made_in')?.values,
    ...(due && dayRange(due, civil(new Date()))),
    newest: tab === 'past' || undefined,
  }
}

/** Promises: what customers may rely on, and whether they could. */
export default function PromisesPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: PromiseSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const may = usePermission('duty.read')
  const wide = usePermission('duty.read', 'unit')
  const mayExport = usePermission('duty.export')
  const tab = search.tab ?? 'open'
  const whose = search.whose ?? (wide ? 'all' : 'mine')
  const filters = parseFilters(search.filter)
  const query = asked(tab, whose === 'mine', filters)
  const fields = useFields(tab)
  const columns = useColumns((open) => set({ open }))
  const list = api.useInfiniteQuery(
    'get',
    '/api/v1/promises',
    { params: { query } },
    { ...byCursor, placeholderData: keepPreviousData, enabled: may },
  )
  if (!may) return <NoAccess title={t('promise.title')} />
  return (
    <Page
      title={t('promise.title')}
      fill
      actions={
        <>
          {wide && (
            <Choice
              label={t('promise.whose')}
              value={whose}
              onChange={(v) => set({ whose: v, open: undefined })}
              options={[
                { value: 'mine', label: t('promise.mine') },
                { value: 'all', label: t('promise.all') },
              ]}
            />
          )}
          {mayExport && <ExportButton query={query} />}
        </>
      }
    >
      <DataTable<Promised>
        id={`promises-${tab}`}
        label={t('promise.title')}
        columns={columns}
        rows={list.data?.pages.flatMap((p) => p.items)}
        rowKey={(p) => p.id}
        rowLabel={(p) => `${p.customer.name} ${p.what}`}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        onOpen={(p) => set({ open: p.id })}
        openKey={search.open}
        tabs={<Tabs current={tab} mine={whose === 'mine'} set={set} />}
        bar={<FilterBar fields={fields} filters={filters} onFilters={(f) => set({ filter: f.map(formatFilter) })} />}
        card={(p) => <Card of={p} onOpen={() => set({ open: p.id })} />}
        empty={
          filters.length > 0 ? (
            <EmptyState
              title={t('promise.none_filtered')}
              actions={<Button onClick={() => set({ filter: undefined })}>{t('kit.filter.clear')}</Button>}
            />
          ) : (
            <EmptyState title={t(`promise.none.${tab}`)} hint={t('promise.none_hint')} />
          )
        }
      />
      <Suspense>{search.open && <PromisePanel id={search.open} onClose={() => set({ open: undefined })} />}</Suspense>
    </Page>
  )
}

function Tabs({ current, mine, set }: { current: PromiseTab; mine: boolean; set: (patch: PromiseSearch) => void }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { data } = api.useQuery('get', '/api/v1/promises/counts', {
    params: { query: { owner: mine ? ['me'] : undefined } },
  })
  const shown: Partial<Record<PromiseTab, number>> = { open: data?.open, overdue: data?.overdue }
  return (
    <TabBar<PromiseTab>
      label={t('promise.title')}
      tabs={promiseTabs.map((key) => {
        const n = shown[key]
        return {
          key,
          label: t(`promise.tab.${key}`),
          count: n === undefined ? undefined : num(n),
          tone: key === 'overdue' && n ? 'bad' : undefined,
        }
      })}
      current={current}
      onChoose={(tab) => set({ tab, open: undefined })}
    />
  )
}

function Card({ of: p, onOpen }: { of: Promised; onOpen: () => void }) {
  return (
    <>
      <div className="card-row">
        <button type="button" className="card-link" onClick={onOpen}>
          {p.customer.name}
        </button>
        <PromiseState of={p} />
      </div>
      <span>{p.what}</span>
      <span className="muted num">{[p.due_on, p.owner_name].join(' · ')}</span>
    </>
  )
}

function useFields(tab: PromiseTab): FilterField[] {
  const { t } = useTranslation()
  const fields: FilterField[] = [
    {
      key: 'made_in',
      label: t('promise.made_in'),
      kind: 'choice',
      single: true,
      options: (['visit', 'call', 'case', 'seminar'] as const).map((v) => ({ value: v, label: t(`promise.in.${v}`) })),
    },
    { key: 'due', label: t('promise.due_on'), kind: 'date' },
  ]
  if (tab === 'past')
    fields.unshift({
      key: 'state',
      label: t('promise.state'),
      kind: 'choice',
      single: true,
      options: states.past.map((v) => ({ value: v, label: t(`promise.states.${v}`) })),
    })
  return fields
}

function useColumns(open: (id: string) => void): Column<Promised>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'customer',
      title: t('promise.customer'),
      width: 200,
      fixed: true,
      locked: true,
      render: (p) => (
        <CustomerLink id={p.customer.id} className="link">
          {p.customer.name}
        </CustomerLink>
      ),
    },
    {
      key: 'what',
      title: t('promise.what'),
      width: 300,
      render: (p) => (
        <button type="button" className="text-button" onClick={() => open(p.id)}>
          {p.what}
        </button>
      ),
    },
    {
      key: 'due',
      title: t('promise.due_on'),
      width: 120,
      render: (p) => <span className="num">{p.due_on}</span>,
    },
    { key: 'state', title: t('promise.state'), width: 110, render: (p) => <PromiseState of={p} /> },
    { key: 'owner', title: t('promise.owner'), width: 100, render: (p) => p.owner_name || t('promise.nobody') },
    { key: 'contact', title: t('promise.contact'), width: 100, optional: true, render: (p) => p.contact },
    {
      key: 'made',
      title: t('promise.made_on'),
      width: 140,
      render: (p) => (
        <span className="num">
          {p.made_on} {p.made_in && t(`promise.in.${p.made_in}`)}
        </span>
      ),
    },
    {
      key: 'moved',
      title: t('promise.times_moved'),
      width: 90,
      align: 'right',
      optional: true,
      render: (p) => p.moved,
    },
    { key: 'said', title: t('promise.said'), width: 240, optional: true, render: (p) => p.said },
  ]
}

function ExportButton({ query }: { query: ReturnType<typeof asked> }) {
  const { t, i18n } = useTranslation()
  const file = (format: 'xlsx' | 'csv') => ({
    key: format,
    label: (
      <a href={`/api/v1/promises/export?${queryOf({ ...query, format, lang: i18n.language })}`} download>
        {t(`promise.export_as.${format}`)}
      </a>
    ),
  })
  return (
    <Dropdown trigger={['click']} menu={{ items: [file('xlsx'), file('csv')] }}>
      <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('promise.export')}</Button>
    </Dropdown>
  )
}
