import { keepPreviousData } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { Plus, Upload, UsersRound } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { errorText } from '@/api/error'
import { withWords } from '@/app/i18n'
import type { ListSearch } from '@/app/search'
import { useCommands } from '@/kit/commands'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { formatFilter, parseFilters } from '@/kit/filters'
import { Page } from '@/kit/Page'
import { type SavedView, SavedViews } from '@/kit/SavedViews'
import { nothing, type Selection, selectedCount } from '@/kit/selection'
import { isShown, readLayout, type TableLayout } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { useShortcut } from '@/kit/useShortcut'
import type { BulkAction } from './BulkActions'
import type { BulkResult } from './BulkDialog'
import { type CustomerItem, useNames, usePlace, useRefresh } from './data'
import { useColumns } from './listColumns'
import { useFilterFields } from './listFilters'
import { customerListRoute } from './routes'
import { readState, stateOf, useViews } from './views'
import { CustomerStatus, FirstGrade } from './words'

import './customer.css'

const BulkActions = lazy(() => import('./BulkActions'))
const BulkDialog = lazy(() => import('./BulkDialog'))
const BulkOutcome = lazy(() => import('./BulkOutcome'))
const ExportDialog = lazy(() => import('./ExportDialog'))
const SegmentDialog = lazy(() => import('./segment/SegmentDialog'))
const CustomerForm = lazy(withWords(['customer', 'record'], () => import('./CustomerForm')))
const CustomerPanel = lazy(withWords(['customer', 'record', 'owed', 'why'], () => import('./CustomerPanel')))

const TABLE = 'customers'

/** The list of customers. Its search, filters, order, view and open record are in the URL. */
export default function CustomerListPage() {
  const { t } = useTranslation()
  const s = customerListRoute.useSearch()
  const navigate = useNavigate({ from: customerListRoute.fullPath })
  const [selection, setSelection] = useState<Selection>(nothing)
  const [creating, setCreating] = useState(false)
  const set = (change: ListSearch) => {
    if ('q' in change || 'filter' in change || 'view' in change) setSelection(nothing)
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  }
  const { list, rows, total } = useList(s)
  const columns = useColumns()
  const filters = parseFilters(s.filter)
  const fields = useFilterFields(filters)
  const { tabs, layout, setLayout } = useTabs(s, set)
  const bulk = useBulk(s, selection, total.n)
  const may = usePermission('customer.write')
  const mayImport = usePermission('import.run')
  const create = () => setCreating(true)
  useShortcut('c', create, { label: t('customer.create'), when: may })
  useCommands(
    may ? [{ id: 'customer.create', label: t('customer.create'), group: 'create', keys: 'c', run: create }] : [],
  )
  const filtered = Boolean(s.q || s.filter?.length)
  const importLink = mayImport && (
    <Button
      icon={<Upload size={16} strokeWidth={1.75} />}
      onClick={() => void navigate({ to: '/imports/new' as string })}
    >
      {t('customer.import')}
    </Button>
  )
  const newButton = may && (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={create}>
      {t('customer.create')}
    </Button>
  )
  const at = rows?.findIndex((r) => r.id === s.open) ?? -1
  const open = (i: number) => (rows?.[i] ? () => set({ open: rows[i]?.id }) : undefined)
  return (
    <Page
      title={t('app.area.customer')}
      fill
      actions={
        <>
          <Button
            icon={<UsersRound size={16} strokeWidth={1.75} />}
            onClick={() => void navigate({ to: '/segments' as string })}
          >
            {t('customer.segment.title')}
          </Button>
          {importLink}
          {newButton}
        </>
      }
    >
      <Suspense>
        {bulk.result && (
          <BulkOutcome key={bulk.result.id} result={bulk.result} onOver={bulk.over} onChange={bulk.setResult} />
        )}
      </Suspense>
      <DataTable<CustomerItem>
        id={TABLE}
        label={t('customer.list')}
        columns={columns}
        rows={rows}
        rowKey={(c) => c.id}
        rowLabel={(c) => c.name}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        sort={s.sort ?? 'name'}
        onSort={(sort) => set({ sort })}
        total={total.n}
        estimated={total.more}
        more={{ has: list.hasNextPage, loading: list.isFetchingNextPage, load: () => void list.fetchNextPage() }}
        selection={selection}
        onSelect={setSelection}
        bulk={
          <Suspense>
            <BulkActions onAction={bulk.ask} />
          </Suspense>
        }
        onOpen={(c) => set({ open: c.id })}
        openKey={s.open}
        card={(c) => <Card customer={c} />}
        layout={layout}
        onLayout={setLayout}
        tabs={tabs}
        bar={
          <FilterBar
            fields={fields}
            filters={filters}
            onFilters={(f) => set({ filter: f.map(formatFilter) })}
            q={s.q}
            onQ={(q) => set({ q: q || undefined })}
            placeholder={t('customer.search')}
          />
        }
        empty={
          filtered ? (
            <EmptyState
              title={t('customer.none_found')}
              hint={t('customer.none_found_hint')}
              actions={
                <Button onClick={() => set({ q: undefined, filter: undefined })}>{t('kit.filter.clear')}</Button>
              }
            />
          ) : (
            <EmptyState
              title={t('customer.empty')}
              hint={t('customer.empty_hint')}
              actions={
                <>
                  {importLink}
                  {newButton}
                </>
              }
            />
          )
        }
      />
      <Suspense>
        {bulk.dialog(
          columns.map((c) => ({ key: c.key, title: c.title, shown: isShown(c, layout ?? readLayout(TABLE)) })),
          () => setSelection(nothing),
        )}
        {creating && (
          <CustomerForm
            onClose={() => setCreating(false)}
            onSaved={(c) => void navigate({ to: '/customers/$id', params: { id: c.id } })}
          />
        )}
        {s.open && (
          <CustomerPanel
            id={s.open}
            onClose={() => set({ open: undefined })}
            onPrevious={open(at - 1)}
            onNext={at >= 0 ? open(at + 1) : undefined}
          />
        )}
      </Suspense>
    </Page>
  )
}

/** The rows and, counted beside them, how many there are. */
function useList(s: ListSearch) {
  const which = { q: s.q, filter: s.filter }
  const list = api.useInfiniteQuery(
    'get',
    '/api/v1/customers',
    { params: { query: { ...which, sort: s.sort } } },
    {
      ...byCursor,
      placeholderData: keepPreviousData,
    },
  )
  const count = api.useQuery(
    'get',
    '/api/v1/customers/count',
    { params: { query: which } },
    { placeholderData: keepPreviousData },
  )
  return {
    list,
    rows: list.data?.pages.flatMap((p) => p.items),
    total: { n: count.data?.count, more: count.data?.more },
  }
}

/** The saved views as tabs; the one that is set to opens with the page. */
function useTabs(s: ListSearch, set: (change: ListSearch) => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { views, ...store } = useViews()
  const [layout, setLayout] = useState<TableLayout>()
  const chosen = views?.find((v) => v.id === s.view)
  const [ready, setReady] = useState(false)
  const choose = (v: SavedView | undefined) => {
    const kept = readState(v?.state ?? '')
    setLayout(kept.layout)
    set({ q: undefined, filter: undefined, sort: undefined, ...kept.search, view: v?.id })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the views are there; later choices are the person's.
  useEffect(() => {
    if (!views || ready) return
    setReady(true)
    const first = views.find((v) => v.first && v.mine)
    if (first && !s.view && !s.q && !s.filter && !s.sort) choose(first)
    else if (chosen) setLayout(readState(chosen.state).layout)
  }, [views])
  const state = stateOf(s, chosen ? layout : undefined)
  const guarded = (p: Promise<unknown>) => p.catch((e: unknown) => void message.error(errorText(t, e)))
  const tabs = (
    <SavedViews
      views={views ?? []}
      current={s.view}
      state={state}
      all={t('customer.all')}
      onChoose={choose}
      onSave={(v) => guarded(store.save(v))}
      onSaveAs={(name, shared) =>
        guarded(store.saveAs(name, shared, stateOf(s, layout ?? readLayout(TABLE))).then((id) => set({ view: id })))
      }
      onDelete={(v) => void guarded(store.remove(v).then(() => set({ view: undefined })))}
      onFirst={(v, first) => void guarded(store.setFirst(v, first))}
    />
  )
  return { tabs, layout: chosen ? layout : undefined, setLayout }
}

/** What is asked about the selection, and how it ended. */
function useBulk(search: ListSearch, selection: Selection, total: number | undefined) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const [action, setAction] = useState<BulkAction>()
  const [result, setResult] = useState<BulkResult>()
  const close = () => setAction(undefined)
  const target = { selection, search, count: selectedCount(selection, total) }
  return {
    ask: setAction,
    result,
    setResult,
    over: () => void refresh(),
    dialog: (columns: { key: string; title: string; shown: boolean }[], clear: () => void) => {
      if (action === 'export') return <ExportDialog {...target} columns={exportable(columns, t)} onClose={close} />
      if (action === 'add_segment') return <SegmentDialog {...target} onClose={close} onDone={clear} />
      return (
        action && (
          <BulkDialog
            {...target}
            action={action}
            onClose={close}
            onDone={(r) => {
              close()
              clear()
              setResult(r)
              void refresh()
            }}
          />
        )
      )
    },
  }
}

/** exportable adds what only a file has: the codes of regions and industries, by which it is read back without doubt. */
export function exportable<C extends { key: string; title: string; shown: boolean }>(
  columns: C[],
  t: (k: string) => string,
) {
  return [
    ...columns,
    { key: 'region_code', title: t('customer.field.region_code'), shown: false },
    { key: 'industry_code', title: t('customer.field.industry_code'), shown: false },
  ]
}

function Card({ customer: c }: { customer: CustomerItem }) {
  const { t } = useTranslation()
  const names = useNames()
  const place = usePlace()
  return (
    <>
      <div className="card-row">
        <Link className="card-link" to="/customers/$id" params={{ id: c.id }}>
          {c.name}
        </Link>
        <FirstGrade grades={c.grades} />
      </div>
      <span className="muted">{[c.code, names.kind(c.kind), place.near(c)].filter(Boolean).join(' · ')}</span>
      <div className="card-row">
        <CustomerStatus status={c.status} archived={c.archived} />
        <span className="muted">{c.owner?.name ?? t('customer.nobody')}</span>
      </div>
    </>
  )
}
