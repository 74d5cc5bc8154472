import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { decimal, useFormat } from '@/kit/format'
import { type Scheme, useGradeIn, useSchemes } from '@/kit/grades'
import { JobProgress } from '@/kit/JobProgress'
import { jobQuery } from '@/kit/jobs'
import { Matrix } from '@/kit/Matrix'
import { Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import type { TabProps } from './RulebookPage'
import {
  type Cell,
  type CellCustomer,
  cellKey,
  changes,
  codesOf,
  type Effort,
  readSimulation,
  type Simulation,
} from './simulation'

/** What a simulation of a version found. */
export function SimulationTab({ book, search, set }: TabProps) {
  const { t } = useTranslation()
  if (!search.job) return <EmptyState title={t('rulebook.simulate.none')} hint={t('rulebook.simulate.hint')} />
  return <SimulationResult job={search.job} scheme={book.scheme} shown={search} onShow={set} />
}

/** What is shown of a simulation, as it stands in the URL. */
interface Shown {
  cell?: string
  scheme?: string
}

interface ResultProps {
  /** The first scheme of what was tried out. */
  scheme: TabProps['book']['scheme']
  shown: Shown
  onShow: (patch: Shown) => void
}

/** What a simulation found: who would move, from where to where. */
export function SimulationResult({ job, ...p }: ResultProps & { job: string }) {
  return (
    <div className="stack">
      <Followed job={job} key={job}>
        {(s) => <Found found={s} {...p} />}
      </Followed>
    </div>
  )
}

/** The progress of the job, then what it found. */
function Followed({ job, children }: { job: string; children: (s: Simulation) => ReactNode }) {
  const { t } = useTranslation()
  const { data } = useQuery(jobQuery(job))
  const found = readSimulation(data?.result)
  if (found) return children(found)
  return (
    <Panel>
      <JobProgress id={job} title={t('rulebook.simulate.title')} />
    </Panel>
  )
}

function Found({ found: s, ...p }: ResultProps & { found: Simulation }) {
  const { t } = useTranslation()
  const moves = s.schemes.find((m) => m.scheme === p.shown.scheme) ?? s.schemes[0]
  const schemeOf = useSchemeOf(p.scheme)
  const scheme = schemeOf(moves.scheme)
  const words = useGradeIn(scheme)
  const text = useText()
  const { num } = useFormat()
  const moved = changes(moves.cells)
  const several = s.schemes.length > 1
  const whole = [
    { label: t('rulebook.simulate.in_scope'), value: <Num value={s.inScope} /> },
    { label: t('rulebook.simulate.duties'), value: signed(s.duties) },
    { label: t('rulebook.simulate.hours'), value: signed(s.hours) },
  ]
  const own = [
    { label: t('rulebook.simulate.up'), value: <Num value={moved.up} /> },
    { label: t('rulebook.simulate.down'), value: <Num value={moved.down} /> },
    { label: t('rulebook.simulate.other'), value: <Num value={moved.other} /> },
    { label: t('rulebook.simulate.without'), value: <Num value={moves.withoutVerdict} /> },
  ]
  const chosen = moves.cells.find((c) => cellKey(c) === p.shown.cell && c.from !== c.to)
  return (
    <>
      <Panel title={t('rulebook.simulate.result', { version: s.version, day: s.asOf })}>
        <KeyFigures items={several ? whole : [...whole.slice(0, 1), ...own, ...whole.slice(1)]} />
        {several && (
          <div className="scheme-tabs">
            <TabBar
              label={t('rulebook.simulate.schemes')}
              tabs={s.schemes.map((m) => ({
                key: m.scheme,
                label: text(schemeOf(m.scheme)?.title) || m.scheme,
                count: m.changed ? num(m.changed) : undefined,
              }))}
              current={moves.scheme}
              onChoose={(id) => p.onShow({ scheme: id, cell: undefined })}
            />
          </div>
        )}
        {several && <KeyFigures items={own} />}
        <Matrix
          label={t('rulebook.simulate.matrix')}
          codes={scheme ? (scheme.labels ?? []).map((l) => l.code) : codesOf(moves.cells)}
          cells={moves.cells}
          words={words}
          chosen={chosen}
          onCell={(c) => p.onShow({ cell: cellKey(c) === p.shown.cell ? undefined : cellKey(c) })}
        />
        <p className="muted">{t('rulebook.simulate.nothing_stored')}</p>
      </Panel>
      {chosen && <Moved cell={chosen} words={words} />}
      <Efforts list={s.efforts} />
    </>
  )
}

/** useSchemeOf finds a scheme by its id: the first of what was tried out, or one that is known; a new one of a draft is not. */
function useSchemeOf(first: TabProps['book']['scheme']): (id: string) => Scheme | undefined {
  const known = useSchemes().data?.items
  return (id) => (id === '' || id === first.id ? first : known?.find((s) => s.scheme.id === id)?.scheme)
}

/** signed writes a change with its sign. */
const signed = (n: number): string => `${n > 0 ? '+' : n < 0 ? '−' : ''}${decimal(String(Math.abs(n)))}`

/** Whose work would grow or shrink. */
function Efforts({ list }: { list: Effort[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return null
  return (
    <Panel title={t('rulebook.simulate.efforts')} flush>
      <PlainTable
        rows={list}
        rowKey={(e) => `${e.role}-${e.owner}`}
        columns={[
          {
            key: 'who',
            title: t('rulebook.duties.by'),
            head: true,
            render: (e) => e.owner || (e.role === 'owner' ? t('rulebook.simulate.no_owner') : e.role),
          },
          { key: 'duties', title: t('rulebook.simulate.duties'), num: true, render: (e) => signed(e.duties) },
          { key: 'hours', title: t('rulebook.simulate.hours'), num: true, render: (e) => signed(e.hours) },
        ]}
      />
    </Panel>
  )
}

function Moved({ cell: c, words }: { cell: Cell; words: ReturnType<typeof useGradeIn> }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <Panel
      title={t('rulebook.simulate.moved', { from: words(c.from).label, to: words(c.to).label })}
      extra={
        <span className="muted num">
          {c.count > c.customers.length
            ? t('rulebook.simulate.first', { n: num(c.customers.length), total: num(c.count) })
            : t('kit.table.total', { n: num(c.count) })}
        </span>
      }
      flush
    >
      <PlainTable
        rows={c.customers}
        rowKey={(x) => x.id}
        columns={[
          {
            key: 'name',
            title: t('rulebook.simulate.customer'),
            head: true,
            render: (x) => (
              <a className="link" href={`/customers/${x.id}`}>
                {x.name}
              </a>
            ),
          },
          { key: 'code', title: t('rulebook.simulate.code'), num: true, render: (x) => x.code },
          { key: 'score', title: t('rulebook.simulate.score'), num: true, render: (x) => x.score || '—' },
          {
            key: 'why',
            title: t('rulebook.simulate.why'),
            render: (x) =>
              x.reasons.map((r) => (
                <div key={r.title.zh + r.after.zh}>
                  {text(r.title)} {text(r.before) || '—'} → {text(r.after) || '—'}
                </div>
              )),
          },
          ...(c.to === ''
            ? [{ key: 'reason', title: t('rulebook.simulate.reason'), render: (x: CellCustomer) => x.reason }]
            : []),
        ]}
      />
    </Panel>
  )
}
