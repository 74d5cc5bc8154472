import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Select } from 'antd'
import { ShieldCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http } from '@/api/client'
import { errorText } from '@/api/error'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { useAuditWords } from './auditWords'
import type { AuditEntry } from './data'
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

function Log() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/settings/audit' })
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  const list = api.useInfiniteQuery(
    'get',
    '/api/v1/audit',
    { params: { query: { entity: search.entity, actor_id: search.actor } } },
    byCursor,
  )
  const rows = list.data?.pages.flatMap((p) => p.items)
  const set = (s: Partial<typeof search>) => void navigate({ to: '/settings/audit', search: { ...search, ...s } })
  const columns = useColumns()
  const words = useAuditWords()
  const at = rows?.findIndex((r) => String(r.seq) === search.open) ?? -1
  const walk = (to: number) => {
    const next = rows?.[to]
    return next && (() => set({ open: String(next.seq) }))
  }
  const shown = rows?.[at]
  return (
    <Page title={t('admin.page.audit')} fill actions={<Verify />}>
      <DataTable<AuditEntry>
        id="audit"
        label={t('admin.page.audit')}
        columns={columns}
        rows={rows}
        rowKey={(r) => String(r.seq)}
        rowLabel={words.action}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        onOpen={(r) => set({ open: String(r.seq) })}
        openKey={search.open}
        bar={
          <div className="filters">
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
                ...(people.data?.items ?? []).map((c) => ({ value: c.id, label: c.name })),
              ]}
            />
          </div>
        }
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
            onClose={() => set({ open: undefined })}
            onPrevious={walk(at - 1)}
            onNext={walk(at + 1)}
          />
        )}
      </Suspense>
    </Page>
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

/** Proves that no entry was changed or removed. */
function Verify() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { modal, message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const verify = async () => {
    setBusy(true)
    try {
      const { data } = await http.POST('/api/v1/audit/verify')
      if (data?.ok) void message.success(t('admin.audit.whole', { n: num(data.entries) }))
    } catch (e) {
      modal.error({ title: t('admin.audit.broken'), content: errorText(t, e), icon: null })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon={<ShieldCheck size={16} strokeWidth={1.75} />} loading={busy} onClick={() => void verify()}>
      {t('admin.audit.verify')}
    </Button>
  )
}
