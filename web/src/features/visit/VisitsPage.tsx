import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { Choice } from '@/kit/Choice'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { type Visit, VisitState, whenText } from './data'
import { useReadyOnTheSpot } from './ready'
import type { VisitSearch } from './routes'
import { VisitTabs } from './VisitTabs'

const VisitPanel = lazy(() => import('./VisitPanel'))
const PlanForm = lazy(() => import('./PlanForm'))

const route = getRouteApi('/shell/visits')

const states = {
  open: ['planned', 'asked', 'confirmed', 'under_way', 'arrived'],
  past: ['done', 'cancelled'],
}

/** Visits: where one goes, and what came of it. */
export default function VisitsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: VisitSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const tab = search.tab ?? 'open'
  const wide = usePermission('duty.read', 'unit')
  const mayPlan = usePermission('duty.do')
  useReadyOnTheSpot()
  const whose = search.whose ?? (wide ? 'all' : 'mine')
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/visits',
    { params: { query: { state: states[tab], owner: whose === 'mine' ? ['me'] : undefined } } },
    { ...byCursor, placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={t('visit.title')}
      fill
      actions={
        <>
          <AreaLink to="/promises">{t('visit.promises')}</AreaLink>
          {wide && (
            <Choice
              label={t('visit.whose')}
              value={whose}
              onChange={(v) => set({ whose: v, open: undefined })}
              options={[
                { value: 'mine', label: t('visit.mine') },
                { value: 'all', label: t('visit.all') },
              ]}
            />
          )}
        </>
      }
    >
      <DataTable<Visit>
        id={`visits-${tab}`}
        label={t('visit.title')}
        columns={useColumns((open) => set({ open }))}
        rows={query.data?.pages.flatMap((p) => p.items)}
        rowKey={(v) => v.id}
        rowLabel={(v) => `${v.customer.name} ${whenText(v)}`}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        onOpen={(v) => set({ open: v.id })}
        openKey={search.open}
        tabs={<VisitTabs current={tab} />}
        card={(v) => (
          <>
            <div className="card-row">
              <button type="button" className="card-link" onClick={() => set({ open: v.id })}>
                {v.customer.name}
              </button>
              <VisitState of={v} />
            </div>
            <span className="muted num">{[whenText(v), v.purpose].join(' · ')}</span>
          </>
        )}
        empty={<EmptyState title={t('visit.empty')} hint={t('visit.empty_hint')} />}
      />
      <Suspense>
        {search.open && <VisitPanel id={search.open} onClose={() => set({ open: undefined })} />}
        {search.plan && mayPlan && (
          <PlanForm
            customer={search.plan}
            duty={search.duty}
            onClose={() => set({ plan: undefined, duty: undefined })}
          />
        )}
      </Suspense>
    </Page>
  )
}

function useColumns(open: (id: string) => void): Column<Visit>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'customer',
      title: t('visit.customer'),
      width: 220,
      fixed: true,
      locked: true,
      render: (v) => <CustomerLink id={v.customer.id}>{v.customer.name}</CustomerLink>,
    },
    { key: 'when', title: t('visit.when'), width: 190, render: (v) => <span className="num">{whenText(v)}</span> },
    {
      key: 'purpose',
      title: t('visit.purpose'),
      width: 260,
      render: (v) => (
        <button type="button" className="text-button" onClick={() => open(v.id)}>
          {v.purpose}
        </button>
      ),
    },
    { key: 'state', title: t('visit.state'), width: 110, render: (v) => <VisitState of={v} /> },
    { key: 'owner', title: t('visit.owner'), width: 100, render: (v) => v.owner_name },
  ]
}
