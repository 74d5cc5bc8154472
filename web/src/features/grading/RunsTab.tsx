import { useTranslation } from 'react-i18next'
import { api, byCursor, type Schemas } from '@/api/client'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { Num } from '@/kit/Money'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import type { TabProps } from './GradingPage'

type Run = Schemas['GradingRunView']

const tones: Record<Run['state'], StatusTone> = { running: 'active', done: 'ok', failed: 'bad', canceled: 'neutral' }
const micros = (at: string): number => Date.parse(at) * 1000

/** The runs of a rulebook, newest first; a completed one opens its verdicts. */
export function RunsTab({ scheme, set }: TabProps) {
  const { t } = useTranslation()
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/gradings',
    { params: { query: { rulebook: scheme.rulebook, scheme: scheme.scheme.id } } },
    byCursor,
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  const open = (r: Run) => r.state === 'done' && set({ tab: 'verdicts', run: r.id })
  const columns: Column<Run>[] = [
    {
      key: 'as_of',
      title: t('grading.as_of_short'),
      width: 130,
      fixed: true,
      locked: true,
      render: (r) =>
        r.state === 'done' ? (
          <button type="button" className="link link-button num" onClick={() => open(r)}>
            {r.as_of}
          </button>
        ) : (
          <span className="num">{r.as_of}</span>
        ),
    },
    {
      key: 'state',
      title: t('grading.state.title'),
      width: 110,
      render: (r) => <StatusDot label={t(`grading.state.${r.state}`)} tone={tones[r.state]} />,
    },
    {
      key: 'version',
      title: t('grading.version'),
      width: 100,
      render: (r) => <span className="num">{r.version}</span>,
    },
    {
      key: 'in_scope',
      title: t('grading.in_scope'),
      width: 110,
      align: 'right',
      render: (r) => <Num value={r.in_scope} />,
    },
    { key: 'graded', title: t('grading.graded'), width: 110, align: 'right', render: (r) => <Num value={r.graded} /> },
    {
      key: 'without',
      title: t('grading.tab.without'),
      width: 120,
      align: 'right',
      render: (r) => <Num value={r.without_verdict} />,
    },
    {
      key: 'changed',
      title: t('grading.changed'),
      width: 120,
      align: 'right',
      render: (r) => <Num value={r.changed} />,
    },
    { key: 'by', title: t('grading.started_by'), width: 120, render: (r) => r.started_by || t('grading.system') },
    {
      key: 'at',
      title: t('grading.started_at'),
      width: 160,
      render: (r) => <DateText value={micros(r.started_at)} time />,
    },
  ]
  return (
    <DataTable<Run>
      id="gradings"
      label={t('grading.tab.runs')}
      columns={columns}
      rows={rows}
      rowKey={(r) => r.id}
      rowLabel={(r) => r.as_of}
      error={query.error}
      onRetry={() => void query.refetch()}
      refreshing={query.isRefetching}
      more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
      onOpen={open}
      bar={<span className="muted grow">{t('grading.runs_hint')}</span>}
      card={(r) => (
        <>
          <div className="card-row">
            <button type="button" className="card-link num" disabled={r.state !== 'done'} onClick={() => open(r)}>
              {r.as_of}
            </button>
            <StatusDot label={t(`grading.state.${r.state}`)} tone={tones[r.state]} />
          </div>
          <span className="muted num">
            {t('grading.run_line', { graded: r.graded, without: r.without_verdict, changed: r.changed })}
          </span>
          <span className="muted">
            {r.started_by || t('grading.system')} · <DateText value={micros(r.started_at)} time />
          </span>
        </>
      )}
      empty={
        <EmptyState
          title={t('grading.none')}
          hint={t(scheme.adopted ? 'grading.none_hint' : 'grading.not_adopted_hint')}
        />
      }
    />
  )
}
