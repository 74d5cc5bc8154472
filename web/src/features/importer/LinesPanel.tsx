import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, type Schemas } from '@/api/client'
import { errorText, sentence } from '@/api/error'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { StatusDot } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import type { Column } from '@/kit/tableLayout'
import { useMobile } from '@/kit/useMobile'
import { CellInput } from './CellInput'
import type { Import, Line } from './data'
import { badCells, existing, mappingOf } from './mapping'
import { type LineTab, lineTabs } from './routes'

const PAGE = 100

/** Lines that did not pass, their bad cells marked; every cell can be corrected where it stands. */
export function LinesPanel({ m, onCheck, checking }: { m: Import; onCheck: () => void; checking: boolean }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/imports/$id' })
  const tab: LineTab = search.lines ?? (m.counts.refused > 0 ? 'refused' : 'set_aside')
  const preview = api.useQuery('get', '/api/v1/imports/{id}/preview', { params: { path: { id: m.id } } })
  const rows = useRows(m.id, tab)
  const { correct, corrected } = useCorrect(m.id)
  const header = preview.data?.header ?? []
  const mapping = preview.data ? mappingOf(m.options, preview.data) : {}
  const count = { refused: num(m.counts.refused), set_aside: num(m.counts.set_aside), ready: undefined }
  return (
    <DataTable<Line>
      id="import-lines"
      label={t('importer.failed_lines')}
      columns={useColumns(header, mapping, correct)}
      rows={preview.data && rows.data?.pages.flatMap((p) => p.items)}
      rowKey={(l) => String(l.line)}
      rowLabel={(l) => t('importer.line_n', { n: l.line })}
      error={rows.error ?? preview.error}
      onRetry={() => void Promise.all([rows.refetch(), preview.refetch()])}
      refreshing={rows.isRefetching}
      total={tab === 'ready' ? undefined : m.counts[tab]}
      more={{ has: rows.hasNextPage, loading: rows.isFetchingNextPage, load: () => void rows.fetchNextPage() }}
      tabs={
        <TabBar
          label={t('importer.failed_lines')}
          current={tab}
          onChoose={(lines) =>
            void navigate({
              to: '/imports/$id',
              params: { id: m.id },
              search: { step: 'check', lines },
              replace: true,
              resetScroll: false,
            })
          }
          tabs={lineTabs.map((k) => ({
            key: k,
            label: t(`importer.outcome.${k}`),
            count: count[k],
            tone: k === 'refused' && m.counts.refused > 0 ? 'bad' : undefined,
          }))}
        />
      }
      bar={
        <div className="row grow">
          <span className="muted grow">{t(`importer.outcome_hint.${tab}`)}</span>
          <FailedRows id={m.id} />
          <Button type={corrected > 0 ? 'primary' : 'default'} loading={checking} onClick={onCheck}>
            {t('importer.check_again')}
          </Button>
        </div>
      }
      card={(l) => <LineCard line={l} header={header} mapping={mapping} onCorrect={correct} />}
      empty={<EmptyState title={t(`importer.outcome_none.${tab}`)} />}
    />
  )
}

/** The download of all lines that did not pass. */
export function FailedRows({ id }: { id: string }) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  return (
    <Button
      icon={<Download size={16} strokeWidth={1.75} />}
      href={`/api/v1/imports/${id}/failed-rows?lang=${locale === 'zh' ? 'zh' : 'en'}`}
    >
      {t('importer.failed_rows')}
    </Button>
  )
}

type RowPages = InfiniteData<Schemas['ImporterLineViewList']>

function useRows(id: string, outcome: LineTab) {
  return api.useInfiniteQuery(
    'get',
    '/api/v1/imports/{id}/rows',
    { params: { path: { id }, query: { outcome, limit: PAGE } } },
    byCursor,
  )
}

/** useCorrect stores the cells of a line; the line stays where it is, with what the server says of it now. */
function useCorrect(id: string) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [corrected, setCorrected] = useState(0)
  const correct = async (line: Line, at: number, text: string) => {
    const cells = line.cells.map((c, i) => (i === at ? text : c))
    try {
      const { data } = await http.PATCH('/api/v1/imports/{id}/rows/{line}', {
        params: { path: { id, line: line.line } },
        body: { cells },
      })
      if (!data) return
      client.setQueriesData<RowPages>({ queryKey: ['get', '/api/v1/imports/{id}/rows'] }, (old) =>
        old && 'pages' in old
          ? {
              ...old,
              pages: old.pages.map((p) => ({ ...p, items: p.items.map((l) => (l.line === data.line ? data : l)) })),
            }
          : old,
      )
      setCorrected((n) => n + 1)
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return { correct, corrected }
}

type Correct = (line: Line, at: number, text: string) => Promise<void>

function useColumns(header: string[], mapping: Record<string, string>, correct: Correct): Column<Line>[] {
  const { t } = useTranslation()
  const { num } = useFormat()
  return [
    {
      key: 'line',
      title: t('importer.line'),
      width: 76,
      fixed: true,
      locked: true,
      align: 'right',
      render: (l) => num(l.line),
    },
    { key: 'problem', title: t('importer.problem'), width: 340, locked: true, render: (l) => <Problem line={l} /> },
    {
      key: 'existing',
      title: t('importer.existing'),
      width: 190,
      optional: true,
      render: (l) => <Existing line={l} />,
    },
    ...header.map((h, i) => ({
      key: `c${i}`,
      title: h,
      width: 140,
      render: (l: Line) => (
        <CellInput
          key={`${l.line}:${l.cells[i]}`}
          label={t('importer.cell', { header: h, line: l.line })}
          value={l.cells[i] ?? ''}
          bad={badCells(l, header, mapping).has(i)}
          onSet={(v) => correct(l, i, v)}
        />
      ),
    })),
  ]
}

function Problem({ line: l }: { line: Line }) {
  const { t } = useTranslation()
  if (l.problems.length === 0) return <StatusDot tone="ok" label={t('importer.passes')} />
  const words = l.problems.map((p) => sentence(t, p.code, p.args)).join(' ')
  return (
    <span title={words} className={l.outcome === 'refused' ? 'line-problem' : undefined}>
      {words}
    </span>
  )
}

function Existing({ line }: { line: Line }) {
  const navigate = useNavigate()
  const found = existing(line)
  if (!found) return null
  const href = `/customers?q=${encodeURIComponent(found.code)}`
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey) return
        e.preventDefault()
        void navigate({ href })
      }}
    >
      {found.code} {found.name}
    </a>
  )
}

function LineCard(p: { line: Line; header: string[]; mapping: Record<string, string>; onCorrect: Correct }) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const { line: l, header } = p
  const bad = badCells(l, header, p.mapping)
  if (!mobile) return null
  return (
    <div className="line-card">
      <div className="card-row">
        <b className="num">{t('importer.line_n', { n: l.line })}</b>
        <Existing line={l} />
      </div>
      <Problem line={l} />
      {header.map((h, i) =>
        bad.has(i) ? (
          <div key={`${h}:${l.cells[i]}`} className="line-cell">
            <span className="muted">{h}</span>
            <CellInput
              label={t('importer.cell', { header: h, line: l.line })}
              value={l.cells[i] ?? ''}
              bad
              onSet={(v) => p.onCorrect(l, i, v)}
            />
          </div>
        ) : null,
      )}
      <p className="muted line-rest">
        {header
          .map((h, i) => (bad.has(i) || !l.cells[i] ? '' : `${h} ${l.cells[i]}`))
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  )
}
