import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { Num } from '@/kit/Money'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { type Import, isBusy, tones, useTargets } from './data'
import { useSummary } from './Summary'
import { useRevert } from './useRevert'

/** What was imported, by whom, and what became of it. */
export default function ImportListPage() {
  const { t } = useTranslation()
  const may = usePermission('import.run')
  return may ? <History /> : <NoAccess title={t('importer.history')} />
}

function History() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { target } = useSearch({ from: '/shell/imports' })
  const targets = useTargets()
  const columns = useColumns(targets.label)
  const list = useList(target)
  const fresh = () => void navigate({ to: '/imports/new', search: { target } })
  const start = (
    <Button type="primary" icon={<Upload size={16} strokeWidth={1.75} />} onClick={fresh}>
      {t('importer.new')}
    </Button>
  )
  const open = (m: Import) => void navigate({ to: '/imports/$id', params: { id: m.id }, search: {} })
  return (
    <Page title={t('importer.history')} fill actions={start}>
      <DataTable<Import>
        id="imports"
        label={t('importer.history')}
        columns={columns}
        rows={list.data?.pages.flatMap((p) => p.items)}
        rowKey={(m) => m.id}
        rowLabel={(m) => m.file_name}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        onOpen={open}
        bar={
          <div className="filters">
            <Select
              aria-label={t('importer.what')}
              className="import-target"
              value={target ?? ''}
              onChange={(v) => void navigate({ to: '/imports', search: { target: v || undefined }, replace: true })}
              options={[
                { value: '', label: t('importer.all_targets') },
                ...targets.items.map((k) => ({ value: k.key, label: k.label })),
              ]}
            />
          </div>
        }
        card={(m) => <ImportCard m={m} label={targets.label(m.target)} />}
        empty={<EmptyState title={t('importer.none')} hint={t('importer.none_hint')} actions={start} />}
      />
    </Page>
  )
}

function useList(target: string | undefined) {
  return api.useInfiniteQuery(
    'get',
    '/api/v1/imports',
    { params: { query: { target } } },
    {
      ...byCursor,
      refetchInterval: (q) => (q.state.data?.pages.some((p) => p.items.some((m) => isBusy(m.state))) ? 2000 : false),
    },
  )
}

function useWho(): (m: Import) => string {
  const { t } = useTranslation()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  return (m) =>
    m.created_by ? (people.data?.items.find((c) => c.id === m.created_by)?.name ?? '') : t('importer.by_command')
}

function useColumns(label: (target: string) => string): Column<Import>[] {
  const { t } = useTranslation()
  const who = useWho()
  const revert = useRevert()
  const figure = (key: 'read' | 'imported' | 'unchanged' | 'set_aside' | 'refused'): Column<Import> => ({
    key,
    title: t(`importer.column.${key}`),
    width: 88,
    align: 'right',
    optional: key === 'unchanged',
    render: (m) => <Num value={m.counts[key]} />,
  })
  return [
    {
      key: 'file',
      title: t('importer.column.file'),
      width: 240,
      fixed: true,
      locked: true,
      render: (m) => (
        <Link className="link" to="/imports/$id" params={{ id: m.id }} search={{}}>
          {m.file_name}
        </Link>
      ),
    },
    { key: 'target', title: t('importer.what_short'), width: 90, render: (m) => label(m.target) },
    {
      key: 'state',
      title: t('importer.column.state'),
      width: 110,
      render: (m) => <StatusDot label={t(`importer.state.${m.state}`)} tone={tones[m.state]} />,
    },
    figure('read'),
    figure('imported'),
    figure('unchanged'),
    figure('set_aside'),
    figure('refused'),
    { key: 'who', title: t('importer.column.who'), width: 110, render: who },
    {
      key: 'when',
      title: t('importer.column.when'),
      width: 136,
      render: (m) => <DateText value={m.created_at} time />,
    },
    {
      key: 'act',
      title: t('importer.column.act'),
      width: 110,
      render: (m) =>
        m.state === 'done' && revert.may ? (
          <button type="button" className="text-button" onClick={() => void revert.ask(m)}>
            {t('importer.revert')}
          </button>
        ) : null,
    },
  ]
}

function ImportCard({ m, label }: { m: Import; label: string }) {
  const { t } = useTranslation()
  const summary = useSummary()
  const who = useWho()
  return (
    <>
      <div className="card-row">
        <Link className="card-link" to="/imports/$id" params={{ id: m.id }} search={{}}>
          {m.file_name}
        </Link>
        <StatusDot label={t(`importer.state.${m.state}`)} tone={tones[m.state]} />
      </div>
      <span className="muted">
        {label} · {who(m)} · <DateText value={m.created_at} time />
      </span>
      {m.counts.read > 0 && (
        <span>{summary(m.counts, ['done', 'reverting', 'reverted'].includes(m.state) ? 'did' : 'will')}</span>
      )}
    </>
  )
}
