import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { Chart } from '@/kit/Chart'
import { EmptyState } from '@/kit/EmptyState'
import { decimal, useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Matrix, type MatrixCell } from '@/kit/Matrix'
import { Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { type PlainColumn, PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { bpText, mixSpec } from './distribution'
import type { SchemeOf, TabProps } from './GradingPage'
import { MovedList } from './MovedList'

type Mix = Schemas['GradingMixView']
type ValueRow = Schemas['GradingValueRowView']
type Revenue = ValueRow['revenue'][number]
type Step = Schemas['GradingStabilityStepView']

/** A column of figures. */
const figure = <T,>(key: string, title: string, render: (row: T) => ReactNode): PlainColumn<T> => ({
  key,
  title,
  num: true,
  right: true,
  render,
})

/** A column of the sales in one currency. */
const sales = (key: string, title: string, currency: string, say: (x: Revenue) => string) =>
  figure<ValueRow>(key, title, (r) => r.revenue.filter((x) => x.currency === currency).map(say))

const which = (s: SchemeOf) => ({ rulebook: s.rulebook, scheme: s.scheme.id })

/** How the grades moved: the mix over time, who went where, what each grade brings and takes, and how steady and right they are. */
export function MovementTab({ scheme }: TabProps) {
  const mix = api.useQuery('get', '/api/v1/grading/movement/mix', { params: { query: which(scheme) } })
  return (
    <QueryView query={mix} lines={10}>
      {(m) => (
        <div className="stack">
          <MixPanel scheme={scheme} mix={m} />
          <MatrixPanel scheme={scheme} days={m.days.map((d) => d.day)} />
          <ValuePanel scheme={scheme} />
          <div className="overview">
            <StabilityPanel scheme={scheme} />
            <div className="stack">
              <AccuracyPanel scheme={scheme} />
              <CoveragePanel scheme={scheme} />
            </div>
          </div>
        </div>
      )}
    </QueryView>
  )
}

function MixPanel({ scheme, mix }: { scheme: SchemeOf; mix: Mix }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const words = useGradeIn(scheme.scheme)
  const days = mix.days.map((d) => ({
    as_of: d.day,
    counts: Object.fromEntries(d.shares.map((s) => [s.code, s.count])),
  }))
  const spec = mixSpec(days, labelsOf(scheme), {
    label: t('grading.history'),
    axis: t('grading.as_of_short'),
    grade: (c) => words(c).label,
    num: (n) => num(n),
  })
  return (
    <Panel title={t('grading.history')}>
      {days.length < 2 ? (
        <EmptyState title={t('grading.move.one_day')} hint={t('grading.move.one_day_hint')} />
      ) : (
        <Chart spec={spec} height={240} />
      )}
    </Panel>
  )
}

const labelsOf = (s: SchemeOf): string[] => (s.scheme.labels ?? []).map((l) => l.code)

/** Who went from which grade to which between two days, and the list behind each cell. */
function MatrixPanel({ scheme, days }: { scheme: SchemeOf; days: string[] }) {
  const { t } = useTranslation()
  const [from, setFrom] = useState(days.at(-2))
  const [to, setTo] = useState(days.at(-1))
  const [cell, setCell] = useState<MatrixCell>()
  const known = useGradeIn(scheme.scheme)
  const words = (code: string) =>
    code === '-' ? { label: t('grading.move.outside'), tone: 'low' as const } : known(code)
  const query = api.useQuery(
    'get',
    '/api/v1/grading/movement/matrix',
    { params: { query: { ...which(scheme), from, to } } },
    { enabled: days.length > 1 },
  )
  if (days.length < 2) return null
  const pick = (label: string, value: string | undefined, set: (d: string) => void) => (
    <Select
      size="small"
      aria-label={label}
      value={value}
      onChange={(d) => {
        set(d)
        setCell(undefined)
      }}
      options={[...days].reverse().map((d) => ({ value: d, label: d }))}
      popupMatchSelectWidth={false}
    />
  )
  return (
    <Panel
      title={t('grading.move.matrix')}
      extra={
        <span className="row">
          {pick(t('grading.move.from'), from, setFrom)}
          <span className="muted">→</span>
          {pick(t('grading.move.to'), to, setTo)}
        </span>
      }
    >
      <QueryView query={query} lines={6}>
        {(m) => (
          <>
            <KeyFigures
              items={(['stayed', 'up', 'down', 'aside', 'entered', 'left'] as const).map((k) => ({
                label: t(`grading.move.${k}`),
                value: <Num value={m[k]} />,
              }))}
            />
            <Matrix
              label={t('grading.move.matrix')}
              codes={[...labelsOf(scheme), '-']}
              cells={m.cells}
              words={words}
              stayed
              chosen={cell}
              onCell={setCell}
            />
            {cell && <MovedList scheme={scheme} from={m.from} to={m.to} cell={cell} words={words} />}
          </>
        )}
      </QueryView>
    </Panel>
  )
}

/** What each grade brings and what it takes: customers, sales, and the effort of service. */
function ValuePanel({ scheme }: { scheme: SchemeOf }) {
  const { t } = useTranslation()
  const words = useGradeIn(scheme.scheme)
  const query = api.useQuery('get', '/api/v1/grading/movement/value', { params: { query: which(scheme) } })
  return (
    <Panel
      title={t('grading.move.value')}
      extra={query.data && <span className="muted num">{`${query.data.from} – ${query.data.as_of}`}</span>}
      flush
    >
      <QueryView query={query} lines={5}>
        {(v) => (
          <PlainTable
            caption={t('grading.move.value')}
            rows={v.rows}
            rowKey={(r) => r.code}
            columns={[
              { key: 'grade', title: t('grading.grade'), head: true, render: (r) => <GradeTag {...words(r.code)} /> },
              figure<ValueRow>('customers', t('grading.move.customers'), (r) => <Num value={r.customers} />),
              figure<ValueRow>('share', t('grading.move.share'), (r) => bpText(r.share_bp)),
              ...v.currencies.flatMap((c) => [
                sales(c, t('grading.move.revenue', { currency: c }), c, (x) => decimal(x.amount)),
                sales(`${c}-share`, t('grading.move.revenue_share'), c, (x) => bpText(x.share_bp)),
              ]),
              figure<ValueRow>('duties', t('grading.move.duties'), (r) => <Num value={r.duties_done} />),
              figure<ValueRow>('hours', t('grading.move.hours'), (r) => r.hours),
              figure<ValueRow>('hours-share', t('grading.move.hours_share'), (r) => bpText(r.minutes_bp)),
            ]}
          />
        )}
      </QueryView>
    </Panel>
  )
}

/** How many grades stayed between each two gradings. */
function StabilityPanel({ scheme }: { scheme: SchemeOf }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/grading/movement/stability', { params: { query: which(scheme) } })
  return (
    <Panel title={t('grading.move.stability')} flush>
      <QueryView query={query} lines={5}>
        {(s) =>
          s.steps.length === 0 ? (
            <EmptyState title={t('grading.move.one_day')} hint={t('grading.move.one_day_hint')} />
          ) : (
            <PlainTable
              caption={t('grading.move.stability')}
              rows={[...s.steps].reverse()}
              rowKey={(x) => x.to}
              columns={[
                {
                  key: 'days',
                  title: t('grading.move.between'),
                  head: true,
                  num: true,
                  render: (x) => `${x.from} → ${x.to}`,
                },
                figure<Step>('unchanged', t('grading.move.unchanged'), (x) => bpText(x.unchanged_bp)),
                ...(['up', 'down', 'aside'] as const).map((k) =>
                  figure<Step>(k, t(`grading.move.${k}`), (x) => <Num value={x[k]} />),
                ),
              ]}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}

function AccuracyPanel({ scheme }: { scheme: SchemeOf }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/grading/movement/accuracy', { params: { query: which(scheme) } })
  return (
    <Panel title={t('grading.move.accuracy')}>
      <QueryView query={query} lines={3}>
        {(a) => (
          <>
            <KeyFigures
              items={[
                { label: t('grading.move.corrected'), value: <span className="num">{bpText(a.corrected_bp)}</span> },
                {
                  label: t('grading.move.agreement'),
                  value: <span className="num">{a.rank ? bpText(a.rank.agreement_bp) : '–'}</span>,
                },
              ]}
            />
            <p className="muted">
              {t('grading.move.corrected_hint')}{' '}
              {a.rank
                ? t('grading.move.agreement_hint', { from: a.rank.from, to: a.rank.to })
                : t('grading.move.agreement_later')}
            </p>
          </>
        )}
      </QueryView>
    </Panel>
  )
}

function CoveragePanel({ scheme }: { scheme: SchemeOf }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const query = api.useQuery('get', '/api/v1/grading/movement/coverage', { params: { query: which(scheme) } })
  return (
    <Panel title={t('grading.move.coverage')}>
      <QueryView query={query} lines={3}>
        {(c) => (
          <>
            <KeyFigures
              items={[
                { label: t('grading.in_scope'), value: <Num value={c.in_scope} /> },
                { label: t('grading.graded'), value: <span className="num">{bpText(c.graded_bp)}</span> },
                { label: t('grading.tab.without'), value: <Num value={c.without} /> },
                { label: t('grading.move.not_yet'), value: <Num value={c.not_yet_judged} /> },
              ]}
            />
            <ul className="plain-list">
              {c.reasons.map((r) => (
                <li key={r.reason} className="row">
                  <span>{text(r.text) || r.reason}</span>
                  <span className="grow" />
                  <span className="num">{num(r.count)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </QueryView>
    </Panel>
  )
}
