import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { DataTable } from '@/kit/DataTable'
import { DateInput } from '@/kit/DateInput'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import { SearchInput } from '@/kit/SearchInput'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { AuditActs } from './AuditActs'
import { useAuditWords } from './auditWords'
import type { AuditEntry } from './data'
import type { AuditSearch } from './routes'
import './admin.css'

const AuditPanel = lazy(() => import('./AuditPanel'))

/** Who changed what, newest first. */
export default function AuditPage() {
  const { t } = useTranslation()
  const may = usePermission('audit.read')
  return may ? <Log /> : <NoAccess title={t('admin.page.audit')} />
}

const entities = [
  'customer',
  'contact',
  'relation',
  'fact',
  'import',
  'rulebook',
  'grading',
  'duty',
  'view',
  'custom_field',
  'user',
  'unit',
] as const

/** As many entries are looked for by themselves; a search for a rare word goes through the log in several steps. */
const ENOUGH = 25

const filterOf = (s: AuditSearch) => ({
  entity: s.entity,
  actor_id: s.actor,
  customer_id: s.customer,
  from: s.from,
  until: s.until,
  text: s.q,
})

function Log() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/settings/audit' })
  const list = api.useInfiniteQuery('get', '/api/v1/audit', { params: { query: filterOf(search) } }, byCursor)
  const rows = list.data?.pages.flatMap((p) => p.items)
  const set = (s: AuditSearch) => void navigate({ to: '/settings/audit', search: { ...search, ...s }, replace: true })
  const columns = useColumns()
  const words = useAuditWords()
  const at = rows?.findIndex((r) => String(r.seq) === search.open) ?? -1
  const walk = (to: number) => {
    const next = rows?.[to]
    return next && (() => set({ open: String(next.seq) }))
  }
  const shown = rows?.[at]
  const looking = list.hasNextPage && (rows?.length ?? 0) < ENOUGH
  const { isFetching, isError, fetchNextPage } = list
  useEffect(() => {
    if (looking && !isFetching && !isError) void fetchNextPage()
  }, [looking, isFetching, isError, fetchNextPage])
  return (
    <Page title={t('admin.page.audit')} fill actions={<AuditActs filter={filterOf(search)} />}>
      <DataTable<AuditEntry>
        id="audit"
        label={t('admin.page.audit')}
        columns={columns}
        rows={looking && rows?.length === 0 ? undefined : rows}
        rowKey={(r) => String(r.seq)}
        rowLabel={words.action}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        onOpen={(r) => set({ open: String(r.seq) })}
        openKey={search.open}
        bar={<Filters search={search} set={set} />}
        card={(r) => (
          <>
            <div className="card-row">
              <button type="button" className="card-link card-button" onClick={() => set({ open: String(r.seq) })}>
                {words.action(r)}
              </button>
              <span className="muted num">{r.seq}</span>
            </div>
            <span>{words.summary(r)}</span>
            <span className="muted">
              {words.actor(r)} · <DateText value={r.at} time />
            </span>
          </>
        )}
        empty={<EmptyState title={t('admin.audit.none')} hint={t('admin.audit.none_hint')} />}
      />
      <Suspense>
        {shown && (
          <AuditPanel
            entry={shown}
            onlyCustomer={search.customer === undefined ? (customer) => set({ customer, open: undefined }) : undefined}
            onClose={() => set({ open: undefined })}
            onPrevious={walk(at - 1)}
            onNext={walk(at + 1)}
          />
        )}
      </Suspense>
    </Page>
  )
}

function Filters({ search, set }: { search: AuditSearch; set: (s: AuditSearch) => void }) {
  const { t } = useTranslation()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  return (
    <div className="filters">
      <SearchInput value={search.q ?? ''} onChange={(q) => set({ q: q || undefined })} placeholder={t('audit.find')} />
      <Select
        aria-label={t('admin.audit.entity')}
        className="audit-pick"
        value={search.entity ?? ''}
        onChange={(v) => set({ entity: v || undefined, open: undefined })}
        options={[
          { value: '', label: t('admin.audit.all_entities') },
          ...entities.map((e) => ({ value: e, label: t(`admin.entity.${e}`) })),
        ]}
      />
      <Select
        aria-label={t('admin.audit.actor')}
        className="audit-pick"
        showSearch={{ optionFilterProp: 'label' }}
        value={search.actor ?? ''}
        onChange={(v) => set({ actor: v || undefined, open: undefined })}
        options={[
          { value: '', label: t('admin.audit.all_actors') },
          { value: '0', label: t('admin.audit.system') },
          ...(people.data?.items ?? []).map((c) => ({ value: c.id, label: c.name })),
        ]}
      />
      <DateInput
        aria-label={t('audit.from')}
        value={search.from}
        max={search.until}
        onChange={(from) => set({ from })}
      />
      <DateInput
        aria-label={t('audit.until')}
        value={search.until}
        min={search.from}
        onChange={(until) => set({ until })}
      />
      {search.customer !== undefined && (
        <Button onClick={() => set({ customer: undefined })}>{t('audit.all_customers')}</Button>
      )}
    </div>
  )
}

function useColumns(): Column<AuditEntry>[] {
  const { t } = useTranslation()
  const { num } = useFormat()
  const words = useAuditWords()
  return [
    { key: 'seq', title: t('admin.audit.seq'), width: 90, align: 'right', render: (r) => num(r.seq) },
    { key: 'at', title: t('admin.audit.at'), width: 150, render: (r) => <DateText value={r.at} time /> },
    { key: 'actor', title: t('admin.audit.actor'), width: 130, render: words.actor },
    {
      key: 'action',
      title: t('admin.audit.action'),
      width: 180,
      locked: true,
      render: (r) => <span className="link">{words.action(r)}</span>,
    },
    { key: 'summary', title: t('admin.audit.what'), width: 420, render: words.summary },
  ]
}
