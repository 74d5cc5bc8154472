import { keepPreviousData } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { SearchInput } from '@/kit/SearchInput'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import type { TabProps } from './GradingPage'
import { WhyPanel } from './WhyPanel'

type Without = Schemas['GradingWithoutView']

/** Customers in scope that have no grade, each with its reason. */
export function WithoutTab({ scheme, run, search, set }: TabProps & { run: string }) {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/gradings/{id}/without-verdict',
    { params: { path: { id: run }, query: { q: search.q } } },
    {
      ...byCursor,
      placeholderData: keepPreviousData,
    },
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  const columns: Column<Without>[] = [
    {
      key: 'name',
      title: t('grading.customer'),
      width: 260,
      fixed: true,
      locked: true,
      render: (r) => <CustomerLink id={r.customer_id}>{r.customer_name}</CustomerLink>,
    },
    {
      key: 'number',
      title: t('grading.customer_code'),
      width: 130,
      render: (r) => <span className="num">{r.customer_code}</span>,
    },
    { key: 'reason', title: t('grading.reason'), width: 420, render: (r) => text(r.reason_text) || r.reason },
    {
      key: 'owner',
      title: t('grading.owner'),
      width: 110,
      render: (r) => r.owner_name || <span className="none">{t('grading.nobody')}</span>,
    },
  ]
  return (
    <>
      <DataTable<Without>
        id="without-verdict"
        label={t('grading.tab.without')}
        columns={columns}
        rows={rows}
        rowKey={(r) => r.customer_id}
        rowLabel={(r) => r.customer_name}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        onOpen={(r) => set({ open: r.customer_id })}
        openKey={search.open}
        bar={
          <div className="filters">
            <SearchInput
              value={search.q ?? ''}
              placeholder={t('grading.find')}
              onChange={(q) => set({ q: q || undefined })}
            />
          </div>
        }
        card={(r) => (
          <>
            <CustomerLink id={r.customer_id} className="card-link">
              {r.customer_name}
            </CustomerLink>
            <span className="muted num">{r.customer_code}</span>
            <span>{text(r.reason_text) || r.reason}</span>
          </>
        )}
        empty={
          search.q ? (
            <EmptyState title={t('grading.nothing_found')} hint={t('grading.nothing_found_hint')} />
          ) : (
            <EmptyState title={t('grading.all_graded')} hint={t('grading.all_graded_hint')} />
          )
        }
      />
      {search.open && <WhyPanel scheme={scheme} rows={rows ?? []} open={search.open} set={set} />}
    </>
  )
}
