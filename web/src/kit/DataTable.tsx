import { Button } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './ErrorState'
import { useFormat } from './format'
import { nothing, type Selection, selectedCount } from './selection'
import { type Column, readLayout, type TableLayout, writeLayout } from './tableLayout'
import { useMobile } from './useMobile'

const DesktopTable = lazy(() => import('./DesktopTable'))

/** Everything a list needs; see web/README.md for an example. */
export interface DataTableProps<T> {
  /** Names the stored layout; stable, unique. */
  id: string
  /** What the table lists, for people who cannot see it. */
  label: string
  columns: Column<T>[]
  /** Loaded rows; undefined until the first page is there. */
  rows: T[] | undefined
  rowKey: (row: T) => string
  rowLabel: (row: T) => string
  error?: unknown
  onRetry?: () => void
  /** True while rows are fetched again behind the shown ones. */
  refreshing?: boolean
  sort?: string
  onSort?: (sort: string | undefined) => void
  /** Number of results; `estimated` says that it is about right. */
  total?: number
  estimated?: boolean
  /** There are more than `total`: counting stopped there. */
  over?: boolean
  more?: { has: boolean; loading: boolean; load: () => void }
  selection?: Selection
  onSelect?: (s: Selection) => void
  /** Buttons for the selection. */
  bulk?: ReactNode
  onOpen?: (row: T) => void
  /** Key of the record shown beside the list. */
  openKey?: string
  /** A row on the phone; put one `<Link className="card-link">` into it. */
  card: (row: T) => ReactNode
  /** Saved views. */
  tabs?: ReactNode
  /** Filter bar. */
  bar?: ReactNode
  empty: ReactNode
  /** Sums under columns, by column key. */
  totals?: Record<string, ReactNode>
  /** Columns of a saved view; without it they are kept on this device. */
  layout?: TableLayout
  onLayout?: (l: TableLayout) => void
}

/** A list: a virtual table on wide screens, cards on the phone. */
export function DataTable<T extends object>(p: DataTableProps<T>) {
  const mobile = useMobile()
  const [own, setOwn] = useState(() => readLayout(p.id))
  const layout = p.layout ?? own
  const setLayout = (l: TableLayout) => {
    setOwn(l)
    writeLayout(p.id, l)
    p.onLayout?.(l)
  }
  const failed = p.error !== undefined && p.error !== null && p.rows === undefined
  return (
    <section className={mobile ? 'dt dt-cards' : 'dt'} aria-label={p.label}>
      {p.tabs}
      {failed ? (
        <>
          <div className="dt-bar">{p.bar}</div>
          <ErrorState error={p.error} onRetry={p.onRetry} />
        </>
      ) : mobile ? (
        <Cards {...p} />
      ) : (
        <Suspense fallback={<div className="dt-box" />}>
          <DesktopTable {...(p as unknown as DataTableProps<object>)} layout={layout} setLayout={setLayout} />
        </Suspense>
      )}
    </section>
  )
}

/** The bar that takes the place of the filters while rows are selected. */
export function BulkBar(p: {
  selection: Selection
  total?: number
  loaded: number
  onSelect: (s: Selection) => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const n = selectedCount(p.selection, p.total)
  const offerAll = !p.selection.all && p.total !== undefined && p.selection.ids.length >= p.loaded && p.total > p.loaded
  return (
    <div className="bulk" role="toolbar" aria-label={t('kit.table.bulk')}>
      <b aria-live="polite">{t('kit.table.selected', { n: num(n) })}</b>
      {offerAll && (
        <Button type="link" size="small" onClick={() => p.onSelect({ all: true, ids: [] })}>
          {t('kit.table.select_all', { n: num(p.total) })}
        </Button>
      )}
      {p.children}
      <Button type="text" onClick={() => p.onSelect(nothing)}>
        {t('kit.table.clear')}
      </Button>
    </div>
  )
}

const SKELETON_CARDS = 6

function Cards<T extends object>(p: DataTableProps<T>) {
  const { t } = useTranslation()
  const loading = p.rows === undefined
  return (
    <>
      {p.bar && <div className="dt-bar">{p.bar}</div>}
      <ul className="cards" aria-busy={loading}>
        {loading
          ? Array.from({ length: SKELETON_CARDS }, (_, i) => (
              <li key={i} className="card card-skel" aria-hidden>
                <span className="skel-bar skel-0" />
                <span className="skel-bar skel-2" />
              </li>
            ))
          : p.rows?.map((r) => (
              <li key={p.rowKey(r)} className="card">
                {p.card(r)}
              </li>
            ))}
      </ul>
      {p.rows?.length === 0 && p.empty}
      {p.more?.has && <MoreButton more={p.more} />}
      {p.rows && p.rows.length > 0 && (
        <TableCount loaded={p.rows.length} total={p.total} estimated={p.estimated} over={p.over} />
      )}
      <span className="offscreen" role="status">
        {loading ? t('kit.loading') : ''}
      </span>
    </>
  )
}

/** Loads the next rows when it comes into view, and on a tap. */
function MoreButton({ more }: { more: { loading: boolean; load: () => void } }) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(more)
  latest.current = more
  useEffect(() => {
    const el = ref.current
    if (!el || typeof IntersectionObserver === 'undefined') return
    const watch = new IntersectionObserver((seen) => {
      if (seen.some((s) => s.isIntersecting) && !latest.current.loading) latest.current.load()
    })
    watch.observe(el)
    return () => watch.disconnect()
  }, [])
  return (
    <div ref={ref} className="more">
      <Button block loading={more.loading} onClick={more.load}>
        {t('kit.table.more')}
      </Button>
    </div>
  )
}

/** How many of how many. */
export function TableCount(p: { loaded: number; total?: number; estimated?: boolean; over?: boolean }) {
  const { loaded, total } = p
  const { t } = useTranslation()
  const { num } = useFormat()
  if (total === undefined) return <span className="dt-count num">{t('kit.table.loaded', { n: num(loaded) })}</span>
  const n = p.over ? t('kit.table.over', { n: num(total) }) : num(total)
  const about = p.estimated ? t('kit.table.about', { n }) : n
  return (
    <span className="dt-count num">
      {loaded < total ? t('kit.table.part', { n: num(loaded), total: about }) : t('kit.table.total', { n: about })}
    </span>
  )
}
