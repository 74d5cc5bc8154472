import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Dropdown } from 'antd'
import { Download, Settings2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, queryOf } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { dayRange, type Filter, type FilterField, formatFilter, parseFilters } from '@/kit/filters'
import { civil } from '@/kit/format'
import { type Gift, GiftState, giftMoney } from '@/kit/gifts'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import type { GiftSearch } from './routes'

const GiftPanel = lazy(() => import('./GiftPanel'))
const PolicyForm = lazy(() => import('./PolicyForm'))

const route = getRouteApi('/shell/gifts')
const states: Gift['state'][] = ['waiting', 'approved', 'given', 'refused', 'cancelled', 'returned']

/** asked gives the parameters of the list. */
function asked(mine: boolean, customer: string | undefined, filters: Filter[]) {
  const on = filters.find((f) => f.field === 'on')
  return {
    giver: mine ? 'me' : undefined,
    customer,
    state: filters.find((f) => f.field === 'state')?.values,
    ...(on && dayRange(on, civil(new Date()))),
  }
}

/** The register of gifts: what customers were given, what for, at whose cost and by whose approval. */
export default function GiftsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: GiftSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const may = usePermission('duty.read')
  const mayExport = usePermission('duty.export')
  const manage = usePermission('system.manage')
  const [setting, setSetting] = useState(false)
  const whose = search.whose ?? 'all'
  const filters = parseFilters(search.filter)
  const query = asked(whose === 'mine', search.customer, filters)
  const fields = useFields()
  const columns = useColumns((open) => set({ open }))
  const list = api.useInfiniteQuery(
    'get',
    '/api/v1/gifts',
    { params: { query } },
    { ...byCursor, placeholderData: keepPreviousData, enabled: may },
  )
  if (!may) return <NoAccess title={t('gift.register')} />
  return (
    <Page
      title={t('gift.register')}
      fill
      actions={
        <>
          <Choice
            label={t('gift.whose')}
            value={whose}
            onChange={(v) => set({ whose: v, open: undefined })}
            options={[
              { value: 'all', label: t('gift.all') },
              { value: 'mine', label: t('gift.mine') },
            ]}
          />
          {mayExport && <ExportButton query={query} />}
          {manage && (
            <Button icon={<Settings2 size={16} strokeWidth={1.75} />} onClick={() => setSetting(true)}>
              {t('gift.policy.title')}
            </Button>
          )}
        </>
      }
    >
      <DataTable<Gift>
        id="gifts"
        label={t('gift.register')}
        columns={columns}
        rows={list.data?.pages.flatMap((p) => p.items)}
        rowKey={(g) => g.id}
        rowLabel={(g) => `${g.customer.name} ${g.what}`}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        onOpen={(g) => set({ open: g.id })}
        openKey={search.open}
        bar={<FilterBar fields={fields} filters={filters} onFilters={(f) => set({ filter: f.map(formatFilter) })} />}
        card={(g) => <Card of={g} onOpen={() => set({ open: g.id })} />}
        empty={
          filters.length > 0 || search.customer ? (
            <EmptyState
              title={t('gift.none_filtered')}
              actions={
                <Button onClick={() => set({ filter: undefined, customer: undefined })}>{t('kit.filter.clear')}</Button>
              }
            />
          ) : (
            <EmptyState title={t('gift.none_yet')} hint={t('gift.none_hint')} />
          )
        }
      />
      <Suspense>
        {search.open && <GiftPanel id={search.open} onClose={() => set({ open: undefined })} />}
        {setting && <PolicyForm onClose={() => setSetting(false)} />}
      </Suspense>
    </Page>
  )
}

function Card({ of: g, onOpen }: { of: Gift; onOpen: () => void }) {
  return (
    <>
      <div className="card-row">
        <button type="button" className="card-link" onClick={onOpen}>
          {g.customer.name}
        </button>
        <GiftState of={g} />
      </div>
      <span>
        {g.what} · {g.occasion}
      </span>
      <span className="muted num">{[giftMoney(g.value, g.currency), g.on, g.giver_name].join(' · ')}</span>
    </>
  )
}

function useFields(): FilterField[] {
  const { t } = useTranslation()
  return [
    {
      key: 'state',
      label: t('gift.state'),
      kind: 'choice',
      single: true,
      options: states.map((v) => ({ value: v, label: t(`gift.states.${v}`) })),
    },
    { key: 'on', label: t('gift.on'), kind: 'date' },
  ]
}

function useColumns(open: (id: string) => void): Column<Gift>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'customer',
      title: t('gift.customer'),
      width: 200,
      fixed: true,
      locked: true,
      render: (g) => (
        <CustomerLink id={g.customer.id} className="link">
          {g.customer.name}
        </CustomerLink>
      ),
    },
    {
      key: 'what',
      title: t('gift.what'),
      width: 200,
      render: (g) => (
        <button type="button" className="text-button" onClick={() => open(g.id)}>
          {g.what}
        </button>
      ),
    },
    { key: 'occasion', title: t('gift.occasion'), width: 180, render: (g) => g.occasion },
    {
      key: 'value',
      title: t('gift.value'),
      width: 110,
      align: 'right',
      render: (g) => <span className="num">{giftMoney(g.value, g.currency)}</span>,
    },
    { key: 'state', title: t('gift.state'), width: 120, render: (g) => <GiftState of={g} /> },
    { key: 'on', title: t('gift.on'), width: 110, render: (g) => <span className="num">{g.on}</span> },
    { key: 'contact', title: t('gift.contact'), width: 100, render: (g) => g.contact },
    { key: 'giver', title: t('gift.giver'), width: 100, render: (g) => g.giver_name },
    { key: 'cost', title: t('gift.cost_centre'), width: 120, optional: true, render: (g) => g.cost_centre },
    { key: 'case', title: t('gift.case'), width: 130, optional: true, render: (g) => g.case_number },
  ]
}

function ExportButton({ query }: { query: ReturnType<typeof asked> }) {
  const { t, i18n } = useTranslation()
  const file = (format: 'xlsx' | 'csv') => ({
    key: format,
    label: (
      <a href={`/api/v1/gifts/export?${queryOf({ ...query, format, lang: i18n.language })}`} download>
        {t(`gift.export_as.${format}`)}
      </a>
    ),
  })
  return (
    <Dropdown trigger={['click']} menu={{ items: [file('xlsx'), file('csv')] }}>
      <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('gift.export')}</Button>
    </Dropdown>
  )
}
