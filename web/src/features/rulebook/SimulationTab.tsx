import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { decimal, useFormat } from '@/kit/format'
import { useGradeIn } from '@/kit/grades'
import { JobProgress } from '@/kit/JobProgress'
import { jobQuery } from '@/kit/jobs'
import { Matrix } from '@/kit/Matrix'
import { Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import type { TabProps } from './RulebookPage'
import {
  type Cell,
  type CellCustomer,
  cellKey,
  changes,
  type Effort,
  readSimulation,
  type Simulation,
} from './simulation'
import { TabTable } from './TabTable'

/** What a simulation of a version found. */
export function SimulationTab({ book, search, set }: TabProps) {
  const { t } = useTranslation()
  if (!search.job) return <EmptyState title={t('rulebook.simulate.none')} hint={t('rulebook.simulate.hint')} />
  return <SimulationResult job={search.job} scheme={book.scheme} cell={search.cell} onCell={(cell) => set({ cell })} />
}

/** What a simulation found: who would move, from where to where. */
export function SimulationResult(p: {
  job: string
  scheme: TabProps['book']['scheme']
  cell?: string
  onCell: (c: string | undefined) => void
}) {
  return (
    <div className="stack">
      <Followed job={p.job} key={p.job}>
        {(s) => <Found found={s} scheme={p.scheme} cell={p.cell} onCell={p.onCell} />}
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

function Found(p: {
  found: Simulation
  scheme: TabProps['book']['scheme']
  cell?: string
  onCell: (c: string | undefined) => void
}) {
  const { t } = useTranslation()
  const words = useGradeIn(p.scheme)
  const s = p.found
  const moved = changes(s.cells)
  const chosen = s.cells.find((c) => cellKey(c) === p.cell && c.from !== c.to)
  return (
    <>
      <Panel title={t('rulebook.simulate.result', { version: s.version, day: s.asOf })}>
        <KeyFigures
          items={[
            { label: t('rulebook.simulate.in_scope'), value: <Num value={s.inScope} /> },
            { label: t('rulebook.simulate.up'), value: <Num value={moved.up} /> },
            { label: t('rulebook.simulate.down'), value: <Num value={moved.down} /> },
            { label: t('rulebook.simulate.other'), value: <Num value={moved.other} /> },
            { label: t('rulebook.simulate.without'), value: <Num value={s.withoutVerdict} /> },
            { label: t('rulebook.simulate.duties'), value: signed(s.duties) },
            { label: t('rulebook.simulate.hours'), value: signed(s.hours) },
          ]}
        />
        <Matrix
          label={t('rulebook.simulate.matrix')}
          codes={(p.scheme.labels ?? []).map((l) => l.code)}
          cells={s.cells}
          words={words}
          chosen={chosen}
          onCell={(c) => p.onCell(cellKey(c) === p.cell ? undefined : cellKey(c))}
        />
        <p className="muted">{t('rulebook.simulate.nothing_stored')}</p>
      </Panel>
      {chosen && <Moved cell={chosen} words={words} />}
      <Efforts list={s.efforts} />
    </>
  )
}

/** signed writes a change with its sign. */
const signed = (n: number): string => `${n > 0 ? '+' : n < 0 ? '−' : ''}${decimal(String(Math.abs(n)))}`

/** Whose work would grow or shrink. */
function Efforts({ list }: { list: Effort[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return null
  return (
    <Panel title={t('rulebook.simulate.efforts')} flush>
      <TabTable
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
      <TabTable
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
