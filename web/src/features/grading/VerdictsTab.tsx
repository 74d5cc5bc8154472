import { keepPreviousData } from '@tanstack/react-query'
import { Select } from 'antd'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { SearchInput } from '@/kit/SearchInput'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import type { TabProps } from './GradingPage'
import { directions } from './routes'
import { WhyPanel } from './WhyPanel'

type Found = Schemas['GradingFoundView']

/** What a run found, customer by customer; a row opens the reasons. */
export function VerdictsTab({ scheme, run, search, set }: TabProps & { run: string }) {
  const { t } = useTranslation()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/gradings/{id}/verdicts',
    {
      params: {
        path: { id: run },
        query: { code: search.code, direction: search.direction, q: search.q, sort: search.sort ?? 'score' },
      },
    },
    {
      ...byCursor,
      placeholderData: keepPreviousData,
    },
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  const columns = useColumns(scheme, (r) => set({ open: r.customer_id }))
  const filtered = Boolean(search.code || search.direction || search.q)
  return (
    <>
      <DataTable<Found>
        id="verdicts"
        label={t('grading.tab.verdicts')}
        columns={columns}
        rows={rows}
        rowKey={(r) => r.customer_id}
        rowLabel={(r) => r.customer_name}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        sort={search.sort === 'code' ? 'code' : '-score'}
        onSort={(s) => set({ sort: s === 'code' || s === '-code' ? 'code' : 'score' })}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        onOpen={(r) => set({ open: r.customer_id })}
        openKey={search.open}
        bar={<Bar scheme={scheme} search={search} set={set} />}
        card={(r) => <Card row={r} scheme={scheme} onOpen={() => set({ open: r.customer_id })} />}
        empty={
          <EmptyState
            title={t(filtered ? 'grading.nothing_found' : 'grading.no_verdicts')}
            hint={filtered ? t('grading.nothing_found_hint') : undefined}
          />
        }
      />
      {search.open && <WhyPanel scheme={scheme} rows={rows ?? []} open={search.open} set={set} />}
    </>
  )
}

function Bar({ scheme, search, set }: Pick<TabProps, 'scheme' | 'search' | 'set'>) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <div className="filters">
      <SearchInput
        value={search.q ?? ''}
        placeholder={t('grading.find')}
        onChange={(q) => set({ q: q || undefined })}
      />
      <Select
        allowClear
        className="choose"
        aria-label={t('grading.grade')}
        placeholder={t('grading.grade')}
        value={search.code}
        onChange={(code) => set({ code })}
        options={(scheme.scheme.labels ?? []).map((l) => ({ value: l.code, label: text(l.title) }))}
      />
      <Select
        allowClear
        className="choose"
        aria-label={t('grading.change')}
        placeholder={t('grading.change')}
        value={search.direction}
        onChange={(direction) => set({ direction })}
        options={directions.filter((d) => d !== 'aside').map((d) => ({ value: d, label: t(`grading.direction.${d}`) }))}
      />
    </div>
  )
}

function useColumns(scheme: TabProps['scheme'], onWhy: (r: Found) => void): Column<Found>[] {
  const { t } = useTranslation()
  const words = useGradeIn(scheme.scheme)
  return [
    {
      key: 'code',
      title: t('grading.customer'),
      width: 260,
      fixed: true,
      locked: true,
      sortable: true,
      render: (r) => (
        <button type="button" className="link link-button" onClick={() => onWhy(r)}>
          {r.customer_name}
        </button>
      ),
    },
    {
      key: 'number',
      title: t('grading.customer_code'),
      width: 130,
      render: (r) => <span className="num">{r.customer_code}</span>,
    },
    {
      key: 'grade',
      title: t('grading.grade'),
      width: 120,
      render: (r) => <GradeTag {...words(r.code)} onWhy={() => onWhy(r)} />,
    },
    {
      key: 'score',
      title: t('grading.score'),
      width: 110,
      align: 'right',
      sortable: true,
      render: (r) => <span className="num">{r.score ? decimal(r.score) : '—'}</span>,
    },
    { key: 'change', title: t('grading.change'), width: 180, render: (r) => <Change row={r} scheme={scheme} /> },
    {
      key: 'owner',
      title: t('grading.owner'),
      width: 110,
      render: (r) => r.owner_name || <span className="none">{t('grading.nobody')}</span>,
    },
    {
      key: 'expires',
      title: t('grading.expires'),
      width: 120,
      render: (r) => <span className="num">{r.expires_on || '—'}</span>,
    },
  ]
}

/** From which grade a customer came. */
export function Change({ row: r, scheme }: { row: Found; scheme: TabProps['scheme'] }) {
  const { t } = useTranslation()
  const words = useGradeIn(scheme.scheme)
  if (!r.moved) return <span className="none">{t('grading.unchanged')}</span>
  if (r.from === '') return <span>{t('grading.direction.first')}</span>
  const up = r.direction > 0
  return (
    <span className={r.direction === 0 ? 'change' : up ? 'change change-up' : 'change change-down'}>
      {r.direction !== 0 && (up ? <ArrowUp size={14} aria-hidden /> : <ArrowDown size={14} aria-hidden />)}
      {t(up ? 'grading.up_from' : r.direction < 0 ? 'grading.down_from' : 'grading.moved_from', {
        grade: words(r.from).label,
      })}
    </span>
  )
}

function Card({ row: r, scheme, onOpen }: { row: Found; scheme: TabProps['scheme']; onOpen: () => void }) {
  const words = useGradeIn(scheme.scheme)
  return (
    <>
      <div className="card-row">
        <button type="button" className="card-link" onClick={onOpen}>
          {r.customer_name}
        </button>
        <GradeTag {...words(r.code)} />
      </div>
      <span className="muted">
        <span className="num">{r.customer_code}</span>
        {r.owner_name && ` · ${r.owner_name}`}
        {r.score && ` · ${decimal(r.score)}`}
      </span>
      {r.moved && <Change row={r} scheme={scheme} />}
    </>
  )
}
