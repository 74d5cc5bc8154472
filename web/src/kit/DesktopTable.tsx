import { Checkbox, Table, type TableProps } from 'antd'
import type { TFunction } from 'i18next'
import { type ComponentRef, type MouseEvent, type ReactNode, type UIEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BulkBar, type DataTableProps, TableCount } from './DataTable'
import { HeaderCell, type HeaderProps } from './HeaderCell'
import { nothing, toggleRow } from './selection'
import { TableTools } from './TableTools'
import { arrange, type Column, nextSort, resize, type TableLayout } from './tableLayout'
import { useBox } from './useBox'
import { useShortcut } from './useShortcut'

const HEADER_PX = 36
const TOTALS_PX = 38
const CHECK_PX = 40
const ROW_PX = 38
const NEAR_END_PX = 400

type Row = object
type Placeholder = { skeleton: number }
const isPlaceholder = (r: Row): r is Placeholder => 'skeleton' in r

interface Props extends DataTableProps<Row> {
  layout: TableLayout
  setLayout: (l: TableLayout) => void
}

/** The table on wide screens. Loaded on demand: Ant Design's table is the heaviest part of a list. */
export default function DesktopTable(p: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useBox(box)
  const table = useRef<ComponentRef<typeof Table>>(null)
  const columns = useMemo(() => arrange(p.columns, p.layout), [p.columns, p.layout])
  const rows = p.rows ?? []
  const keys = rows.map(p.rowKey)
  const [active, setActive] = useActiveRow(p, rows, (i) => table.current?.scrollTo({ index: i }))
  const selection = p.selection ?? nothing
  const body = Math.max(120, height - HEADER_PX - (p.totals ? TOTALS_PX : 0))
  const data = p.rows ?? Array.from({ length: Math.ceil(body / ROW_PX) }, (_, skeleton) => ({ skeleton }))
  const natural = columns.reduce((n, c) => n + c.width, p.onSelect ? CHECK_PX : 0)
  const chosen = selection.all || selection.ids.length > 0
  return (
    <>
      <div className="dt-bar">
        {chosen && p.onSelect ? (
          <BulkBar selection={selection} total={p.total} loaded={rows.length} onSelect={p.onSelect}>
            {p.bulk}
          </BulkBar>
        ) : (
          p.bar
        )}
        <TableTools
          columns={p.columns}
          layout={p.layout}
          onLayout={p.setLayout}
          onReload={p.onRetry}
          refreshing={p.refreshing}
        />
      </div>
      <div ref={box} className="dt-box" aria-busy={p.rows === undefined}>
        {p.rows?.length === 0 ? (
          p.empty
        ) : (
          <Table<Row>
            ref={table}
            virtual
            size="small"
            aria-label={p.label}
            rowKey={(r) => (isPlaceholder(r) ? `skeleton-${r.skeleton}` : p.rowKey(r))}
            columns={antdColumns(columns, p)}
            components={{ header: { cell: HeaderCell } }}
            dataSource={data}
            scroll={{ x: Math.max(natural, width), y: body }}
            onScroll={(e: UIEvent<HTMLElement>) => loadNearEnd(e, p)}
            rowSelection={p.onSelect && rowSelection(p, selection, keys, t)}
            rowClassName={(r) => rowClass(r, p, active)}
            onRow={(r, i) => ({
              onClick: (e) =>
                isPlaceholder(r) ||
                openByClick(e, () => {
                  setActive(i ?? -1)
                  p.onOpen?.(r)
                }),
            })}
            pagination={false}
            // Ant Design pins the sums only when Summary itself is what `summary` returns.
            summary={
              p.totals &&
              (() => (
                <Table.Summary fixed="bottom">
                  <Totals columns={columns} totals={p.totals ?? {}} offset={p.onSelect ? 1 : 0} />
                </Table.Summary>
              ))
            }
          />
        )}
      </div>
      <footer className="dt-foot">
        {p.rows && <TableCount loaded={rows.length} total={p.total} estimated={p.estimated} over={p.over} />}
        {p.more?.loading && <span className="muted">{t('kit.table.loading_more')}</span>}
      </footer>
    </>
  )
}

function antdColumns(columns: Column<Row>[], p: Props): TableProps<Row>['columns'] {
  return columns.map((c) => ({
    key: c.key,
    title: c.title,
    width: c.width,
    align: c.align,
    fixed: c.fixed ? ('left' as const) : undefined,
    ellipsis: true,
    className: c.align === 'right' ? 'num cell-right' : undefined,
    render: (_: unknown, r: Row): ReactNode =>
      isPlaceholder(r) ? <span className={`skel-bar skel-${r.skeleton % 3}`} /> : c.render(r),
    onHeaderCell: () => headerProps(c, p) as object,
  }))
}

function headerProps(c: Column<Row>, p: Props): HeaderProps {
  const order = p.sort === c.key ? 'ascending' : p.sort === `-${c.key}` ? 'descending' : 'none'
  return {
    label: c.title,
    columnWidth: c.width,
    order: c.sortable && p.onSort ? order : undefined,
    onOrder: () => p.onSort?.(nextSort(p.sort, c.key)),
    onResize: (w) => p.setLayout(resize(p.layout, c.key, w)),
  }
}

function rowSelection(
  p: Props,
  s: DataTableProps<Row>['selection'] & object,
  keys: string[],
  t: TFunction,
): TableProps<Row>['rowSelection'] {
  const every = keys.length > 0 && (s.all || keys.every((k) => s.ids.includes(k)))
  const some = s.all || s.ids.length > 0
  return {
    columnWidth: CHECK_PX,
    fixed: true,
    selectedRowKeys: s.all ? keys : s.ids,
    columnTitle: (
      <Checkbox
        aria-label={t('kit.table.select_loaded')}
        checked={every}
        indeterminate={some && !every}
        onChange={() => p.onSelect?.(every ? nothing : { all: false, ids: keys })}
      />
    ),
    renderCell: (on, r) =>
      isPlaceholder(r) ? null : (
        <Checkbox
          aria-label={t('kit.table.select_row', { name: p.rowLabel(r) })}
          checked={Boolean(on)}
          onChange={() => p.onSelect?.(toggleRow(s, p.rowKey(r), keys))}
        />
      ),
  }
}

/** j and k walk the rows, Enter opens, x selects. */
function useActiveRow(p: Props, rows: Row[], scrollTo: (i: number) => void): [string | undefined, (i: number) => void] {
  const { t } = useTranslation()
  const [index, setIndex] = useState(-1)
  const row = rows[index]
  const walk = (by: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, index + by))
    setIndex(to)
    scrollTo(to)
    if (to >= rows.length - 5 && p.more?.has && !p.more.loading) p.more.load()
  }
  const group = t('kit.table.keys')
  useShortcut('j', () => walk(1), { label: t('kit.table.next_row'), group })
  useShortcut('k', () => walk(-1), { label: t('kit.table.previous_row'), group })
  useShortcut('down', () => walk(1))
  useShortcut('up', () => walk(-1))
  useShortcut('enter', () => row && p.onOpen?.(row), {
    label: t('kit.table.open_row'),
    group,
    when: Boolean(row && p.onOpen),
  })
  const select = () => row && p.onSelect?.(toggleRow(p.selection ?? nothing, p.rowKey(row), rows.map(p.rowKey)))
  useShortcut('x', () => void select(), { label: t('kit.table.select_this'), group, when: Boolean(row && p.onSelect) })
  return [row && p.rowKey(row), setIndex]
}

function rowClass(r: Row, p: Props, active: string | undefined): string {
  if (isPlaceholder(r)) return 'row-skel'
  const key = p.rowKey(r)
  return [p.onOpen && 'row-open', key === active && 'row-active', key === p.openKey && 'row-shown']
    .filter(Boolean)
    .join(' ')
}

/** A click on a link, a button or a checkbox in a row is theirs. */
function openByClick(e: MouseEvent<HTMLElement>, open: () => void): void {
  const inner = e.target instanceof Element && e.target.closest('a, button, input, label, .ant-table-selection-column')
  if (!inner && !window.getSelection()?.toString()) open()
}

function loadNearEnd(e: UIEvent<HTMLElement>, p: Props): void {
  const el = e.currentTarget
  if (!p.more?.has || p.more.loading) return
  if (el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_END_PX) p.more.load()
}

function Totals({
  columns,
  totals,
  offset,
}: {
  columns: Column<Row>[]
  totals: Record<string, ReactNode>
  offset: number
}) {
  const { t } = useTranslation()
  return (
    <Table.Summary.Row>
      {offset > 0 && <Table.Summary.Cell index={0} />}
      {columns.map((c, i) => (
        <Table.Summary.Cell key={c.key} index={i + offset} align={c.align}>
          <span className="num">{totals[c.key] ?? (i === 0 ? t('kit.table.sum') : null)}</span>
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  )
}
