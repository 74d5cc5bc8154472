import { keepPreviousData } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Download, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { Chart } from '@/kit/Chart'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { type PlainColumn, PlainTable } from '@/kit/PlainTable'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { type Chosen, dutiesBy, exportBy, numberOf } from './by'
import type { ComplyProps } from './ComplianceTab'
import { type Tallied, tallied } from './comply'
import {
  type ComplyDimension as Dimension,
  complyDimensions as dimensions,
  type ComplyNumber as Shown,
  complyNumbers as shownNumbers,
} from './routes'

type Cross = Schemas['ComplianceCross']
type Line = Schemas['ComplianceLine']
type Tally = Schemas['ComplianceTally']

type Props = Pick<ComplyProps, 'book' | 'search' | 'set' | 'days'>

/** useHead gives the words of a value of a dimension. */
function useHead() {
  const { t } = useTranslation()
  const text = useText()
  return (of: Dimension, h: Pick<Line, 'key' | 'title'>) => {
    if (h.key === 'none') return t(`rulebook.by.none.${of}`, { defaultValue: '—' })
    const title = text(h.title)
    return of === 'clause' && title !== h.key ? `${h.key} ${title}` : title || h.key
  }
}

/** The same duties by clause, grade, department, manager or month, or by two of them; each number opens its list. */
export default function ComplianceBy({ book, search, set, days }: Props) {
  const { t, i18n } = useTranslation()
  const by = search.by ?? 'department'
  const across = search.across === by ? undefined : search.across
  const query = { by, across, ...days, unit: search.unit }
  const mayNames = usePermission('duty.export')
  const mayExport = mayNames || (by !== 'manager' && across !== 'manager')
  const read = api.useQuery(
    'get',
    '/api/v1/rulebooks/{id}/comply/by',
    { params: { path: { id: book.id }, query } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Panel
      title={t('rulebook.by.title')}
      extra={
        mayExport && (
          <Button
            size="small"
            href={exportBy(book.id, query, i18n.language)}
            download
            icon={<Download size={14} strokeWidth={1.75} />}
          >
            {t('rulebook.comply.xlsx')}
          </Button>
        )
      }
      flush
    >
      <TabBar<Dimension>
        label={t('rulebook.by.by')}
        tabs={dimensions.map((key) => ({ key, label: t(`rulebook.by.of.${key}`) }))}
        current={by}
        onChoose={(key) => set({ by: key, across: across === key ? undefined : across })}
      />
      <div className="comply-by-bar">
        <Select<Dimension | ''>
          aria-label={t('rulebook.by.across')}
          value={across ?? ''}
          onChange={(v) => set({ across: v === '' ? undefined : v })}
          options={[
            { value: '' as const, label: t('rulebook.by.alone') },
            ...dimensions
              .filter((d) => d !== by)
              .map((d) => ({ value: d, label: t('rulebook.by.with', { what: t(`rulebook.by.of.${d}`) }) })),
          ]}
        />
        {across && (
          <Select
            aria-label={t('rulebook.by.shown')}
            value={search.shown ?? 'rate'}
            onChange={(shown) => set({ shown })}
            options={shownNumbers.map((n) => ({ value: n, label: t(`rulebook.comply.${n}`) }))}
          />
        )}
        {search.unit && (
          <Button icon={<X size={14} strokeWidth={1.75} />} onClick={() => set({ unit: undefined, by: 'department' })}>
            {t('rulebook.by.whole')}
          </Button>
        )}
      </div>
      <QueryView query={read} lines={6}>
        {(x) =>
          x.lines.length === 0 || x.total.due === 0 ? (
            <p className="panel-note muted">{t('rulebook.by.nothing')}</p>
          ) : x.across ? (
            <CrossTable {...{ book, search, set, days }} cross={x} shown={search.shown ?? 'rate'} />
          ) : (
            <Lines {...{ book, search, set, days }} cross={x} />
          )
        }
      </QueryView>
    </Panel>
  )
}

/** A number that leads to the duties behind it. */
function Behind(p: Props & { of: Chosen; what: string; n: string | number; state?: Tallied }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const shown = typeof p.n === 'number' ? num(p.n) : p.n
  if (p.n === 0) return <span className="none">0</span>
  const of = { department: p.search.unit, ...p.of }
  return (
    <Link
      className="link"
      to="/service"
      search={dutiesBy(p.book.id, p.days, of, p.state)}
      aria-label={t('rulebook.by.list', { what: p.what, n: shown })}
    >
      {shown}
    </Link>
  )
}

/** One dimension: every number of each line; months as a trend above them. */
function Lines({ cross: x, ...p }: Props & { cross: Cross }) {
  const { t } = useTranslation()
  const head = useHead()
  const by = x.by
  const count = (key: 'due' | Tallied): PlainColumn<Line> => ({
    key,
    title: t(`rulebook.comply.${key}`),
    num: true,
    right: true,
    render: (l) => (
      <Behind
        {...p}
        of={{ [by]: l.key }}
        what={`${head(by, l)} ${t(`rulebook.comply.${key}`)}`}
        n={l.tally[key]}
        state={key === 'due' ? undefined : key}
      />
    ),
  })
  return (
    <>
      {by === 'month' && <Trend cross={x} />}
      <div className="comply-clauses">
        <PlainTable<Line>
          caption={t('rulebook.by.title')}
          rows={x.lines}
          rowKey={(l) => l.key}
          columns={[
            {
              key: 'head',
              title: t(`rulebook.by.of.${by}`),
              head: true,
              render: (l) => <Name {...p} by={by} line={l} />,
            },
            count('due'),
            ...tallied.map(count),
            {
              key: 'rate',
              title: t('rulebook.comply.rate'),
              num: true,
              right: true,
              render: (l) => l.tally.rate && `${l.tally.rate}%`,
            },
          ]}
        />
      </div>
      {x.left > 0 && <p className="panel-note muted">{t('rulebook.by.left', { count: x.left })}</p>}
    </>
  )
}

/** The name of a line; a department opens its managers. */
function Name({ by, line: l, set }: Props & { by: Dimension; line: Line }) {
  const { t } = useTranslation()
  const name = useHead()(by, l)
  const deep = <span className={`depth-${Math.min(l.depth, 4)}`}>{name}</span>
  if (by !== 'department' || l.key === 'none') return deep
  return (
    <button
      type="button"
      className="text-button"
      aria-label={t('rulebook.by.managers', { name })}
      onClick={() => set({ by: 'manager', across: undefined, unit: l.key })}
    >
      {deep}
    </button>
  )
}

/** The order of the chart's colours: what was missed is red. */
const stacked = ['kept', 'late', 'open', 'waived', 'missed'] as const

function Trend({ cross: x }: { cross: Cross }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  return (
    <div className="panel-note">
      <Chart
        height={200}
        spec={{
          label: t('rulebook.by.trend'),
          axis: t('rulebook.by.of.month'),
          categories: x.lines.map((l) => l.key),
          series: stacked.map((key) => ({
            name: t(`rulebook.comply.${key}`),
            kind: 'bar' as const,
            stack: 'duties',
            values: x.lines.map((l) => l.tally[key]),
          })),
          format: (n) => num(n),
        }}
      />
    </div>
  )
}

/** Two dimensions: one number for each combination. */
function CrossTable({ cross: x, shown, ...p }: Props & { cross: Cross; shown: Shown }) {
  const { t } = useTranslation()
  const head = useHead()
  const by = x.by
  const across = x.across as Dimension
  const state = shown === 'rate' || shown === 'due' ? undefined : shown
  const cell = (tally: Tally | undefined, of: Chosen, what: string) => {
    const n = numberOf(tally, shown)
    if (n === undefined) return <span className="none">—</span>
    return <Behind {...p} of={of} what={`${what} ${t(`rulebook.comply.${shown}`)}`} n={n} state={state} />
  }
  return (
    <section className="comply-cross" aria-label={t('rulebook.by.title')}>
      <table className="plain">
        <caption className="offscreen">
          {t('rulebook.by.table', {
            rows: t(`rulebook.by.of.${by}`),
            columns: t(`rulebook.by.of.${across}`),
            what: t(`rulebook.comply.${shown}`),
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t(`rulebook.by.of.${by}`)}</th>
            <th scope="col" className="right">
              {t('rulebook.by.all')}
            </th>
            {x.columns.map((c) => (
              <th key={c.key} scope="col" className="right">
                {head(across, c)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {x.lines.map((l) => {
            const cells = new Map(l.cells.map((c) => [c.column, c.tally]))
            return (
              <tr key={l.key}>
                <th scope="row">
                  <Name {...p} by={by} line={l} />
                </th>
                <td className="right num">{cell(l.tally, { [by]: l.key }, head(by, l))}</td>
                {x.columns.map((c) => (
                  <td key={c.key} className="right num">
                    {cell(cells.get(c.key), { [by]: l.key, [across]: c.key }, `${head(by, l)} ${head(across, c)}`)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
