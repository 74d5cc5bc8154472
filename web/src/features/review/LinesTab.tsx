import { keepPreviousData } from '@tanstack/react-query'
import { App, Button, Checkbox, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { CaseLink } from '@/kit/CaseLink'
import { DataTable } from '@/kit/DataTable'
import { EmptyState } from '@/kit/EmptyState'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { SearchInput } from '@/kit/SearchInput'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { nothing, type Selection } from '@/kit/selection'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { type Review, type TabProps, useReviewChanged } from './ReviewPage'
import { lineStates } from './routes'

const LinePanel = lazy(() => import('./LinePanel'))

export type Line = Schemas['ReviewLineView']
type Mode = 'rate' | 'meeting' | 'sign'

const stateTones: Record<Line['state'], StatusTone> = {
  waiting: 'neutral',
  draft: 'active',
  rated: 'ok',
  met: 'ok',
  reopened: 'warn',
}

/** The customers of a campaign: to be rated, gone through in the meeting, or signed for in cases. A row opens its form. */
export function LinesTab({ mode, review: r, search, set }: TabProps & { mode: Mode }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Selection>(nothing)
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/reviews/{id}/lines',
    {
      params: {
        path: { id: r.id },
        query: {
          mine: mode === 'rate',
          approval: mode === 'sign' ? ('any' as const) : undefined,
          unit: search.unit,
          state: search.state,
          grade: search.grade,
          q: search.q,
          differs: search.differs === '1',
          sort: search.sort ?? (mode === 'meeting' ? 'score' : 'code'),
          limit: 100,
        },
      },
    },
    {
      pageParamName: 'cursor',
      initialPageParam: '',
      getNextPageParam: (page: { next_cursor?: string }) => page.next_cursor || undefined,
      placeholderData: keepPreviousData,
    },
  )
  const rows = query.data?.pages.flatMap((p) => p.items)
  const open = (l: Line) => set({ open: l.customer_id })
  const columns = useColumns(r, open)
  const filtered = Boolean(search.q || search.state || search.grade || search.unit || search.differs)
  return (
    <>
      <DataTable<Line>
        id={`review-${mode}`}
        label={t(`review.tab.${mode}`)}
        columns={columns}
        rows={rows}
        rowKey={(l) => l.customer_id}
        rowLabel={(l) => l.name}
        error={query.error}
        onRetry={() => void query.refetch()}
        refreshing={query.isRefetching}
        total={query.data?.pages[0]?.total}
        sort={search.sort === 'code' || (!search.sort && mode !== 'meeting') ? 'code' : '-score'}
        onSort={(s) => set({ sort: s === 'code' || s === '-code' ? 'code' : 'score' })}
        more={{ has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() }}
        selection={mode === 'rate' ? chosen : undefined}
        onSelect={mode === 'rate' ? setChosen : undefined}
        bulk={
          mode === 'rate' ? (
            <Bulk
              review={r}
              ids={chosen.all ? (rows ?? []).map((l) => l.customer_id) : chosen.ids}
              onDone={() => setChosen(nothing)}
            />
          ) : undefined
        }
        onOpen={open}
        openKey={search.open}
        bar={<Bar mode={mode} review={r} search={search} set={set} />}
        card={(l) => <Card line={l} review={r} onOpen={() => open(l)} />}
        empty={
          <EmptyState
            title={t(filtered ? 'review.nothing_found' : `review.empty.${mode}`)}
            hint={filtered ? undefined : t(`review.empty.${mode}_hint`)}
          />
        }
      />
      {search.open && (
        <Suspense fallback={null}>
          <LinePanel review={r} rows={rows ?? []} open={search.open} set={set} />
        </Suspense>
      )}
    </>
  )
}

interface BulkProps {
  review: Review
  ids: string[]
  onDone: () => void
}

/** Hands in what is chosen, all or none. */
function Bulk({ review: r, ids, onDone }: BulkProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const changed = useReviewChanged()
  const submit = async () => {
    try {
      await http.POST('/api/v1/reviews/{id}/submit', { params: { path: { id: r.id } }, body: { customer_ids: ids } })
      void message.success(t('review.form.submitted_n', { n: ids.length }))
      onDone()
      await changed()
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return (
    <Button type="primary" disabled={ids.length === 0} onClick={() => void submit()}>
      {t('review.form.submit_n', { n: ids.length })}
    </Button>
  )
}

function Bar({ mode, review: r, search, set }: Pick<TabProps, 'review' | 'search' | 'set'> & { mode: Mode }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <div className="filters">
      <SearchInput value={search.q ?? ''} placeholder={t('review.find')} onChange={(q) => set({ q: q || undefined })} />
      {r.regions.length > 1 && (
        <Select
          allowClear
          className="choose"
          aria-label={t('review.region')}
          placeholder={t('review.region')}
          value={search.unit}
          onChange={(unit) => set({ unit })}
          options={r.regions
            .filter((x) => x.unit_id !== '')
            .map((x) => ({ value: x.unit_id, label: text(x.name) || x.unit_id }))}
        />
      )}
      <Select
        allowClear
        className="choose"
        aria-label={t('review.stands')}
        placeholder={t('review.stands')}
        value={search.state}
        onChange={(state) => set({ state })}
        options={lineStates.map((s) => ({ value: s, label: t(`review.line.${s}`) }))}
      />
      <Select
        allowClear
        className="choose"
        aria-label={t('review.grade')}
        placeholder={t('review.grade')}
        value={search.grade}
        onChange={(grade) => set({ grade })}
        options={(r.scheme.labels ?? []).map((l) => ({ value: l.code, label: text(l.title) }))}
      />
      {mode === 'meeting' && (
        <Checkbox
          checked={search.differs === '1'}
          onChange={(e) => set({ differs: e.target.checked ? '1' : undefined })}
        >
          {t('review.only_differs')}
        </Checkbox>
      )}
    </div>
  )
}

function useColumns(r: Review, onOpen: (l: Line) => void): Column<Line>[] {
  const { t } = useTranslation()
  const text = useText()
  const words = useGradeIn(r.scheme)
  const grade = (code: string, score: string, there: boolean) =>
    there ? (
      <span className="row">
        <GradeTag {...words(code)} /> <span className="num muted">{score ? decimal(score) : ''}</span>
      </span>
    ) : (
      <span className="none">—</span>
    )
  const regions = new Map(r.regions.map((x) => [x.unit_id, text(x.name)]))
  return [
    {
      key: 'code',
      title: t('review.customer'),
      width: 240,
      fixed: true,
      locked: true,
      sortable: true,
      render: (l) => (
        <button type="button" className="link review-link" onClick={() => onOpen(l)}>
          {l.name}
        </button>
      ),
    },
    { key: 'region', title: t('review.region'), width: 120, render: (l) => regions.get(l.unit_id) || '—' },
    { key: 'state', title: t('review.stands'), width: 120, render: (l) => <LineState line={l} /> },
    {
      key: 'before',
      title: t('review.before'),
      width: 130,
      render: (l) => grade(l.before_code, l.before_score, l.before_code !== ''),
    },
    { key: 'rate', title: t('review.first'), width: 140, render: (l) => grade(l.rate_code, l.rate_score, l.rated) },
    {
      key: 'score',
      title: t('review.second'),
      width: 140,
      sortable: true,
      render: (l) => (
        <span className={l.differs ? 'review-differs' : undefined}>{grade(l.meet_code, l.meet_score, l.met)}</span>
      ),
    },
    {
      key: 'approval',
      title: t('review.approval'),
      width: 120,
      render: (l) => <Approval line={l} />,
    },
    {
      key: 'final',
      title: t('review.final'),
      width: 110,
      render: (l) => (l.final_code ? <GradeTag {...words(l.final_code)} /> : <span className="none">—</span>),
    },
    { key: 'owner', title: t('review.owner'), width: 110, render: (l) => l.owner_name || '—' },
  ]
}

/** What became of the signatures for a customer, with the case that carries them. */
export function Approval({ line: l }: { line: Pick<Line, 'approval' | 'case_id'> }) {
  const { t } = useTranslation()
  if (!l.approval) return <span className="none">—</span>
  const label = t(`review.approval_is.${l.approval}`)
  return l.case_id ? (
    <CaseLink className="link" to={`/cases/${l.case_id}`}>
      {label}
    </CaseLink>
  ) : (
    <span>{label}</span>
  )
}

/** Where a customer stands in a campaign. */
export function LineState({ line: l }: { line: Line }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`review.line.${l.state}`)} tone={stateTones[l.state]} />
}

function Card({ line: l, review: r, onOpen }: { line: Line; review: Review; onOpen: () => void }) {
  const { t } = useTranslation()
  const words = useGradeIn(r.scheme)
  return (
    <>
      <div className="card-row">
        <button type="button" className="card-link" onClick={onOpen}>
          {l.name}
        </button>
        {l.rated || l.met ? <GradeTag {...words(l.outcome)} /> : <LineState line={l} />}
      </div>
      <span className="muted">
        <span className="num">{l.code}</span>
        {l.owner_name && ` · ${l.owner_name}`}
        {l.before_code && ` · ${t('review.before')} ${words(l.before_code).label}`}
      </span>
    </>
  )
}
