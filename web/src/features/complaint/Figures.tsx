import { useTranslation } from 'react-i18next'
import { Chart } from '@/kit/Chart'
import type { ChartSpec } from '@/kit/chartSpec'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { Num } from '@/kit/Money'
import { KeyFigures, Panel } from '@/kit/Page'
import { type PlainColumn, PlainTable } from '@/kit/PlainTable'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { type Line, type Statistics, Sums } from './data'
import { type Dimension, dimensions, type StatisticsSearch } from './routes'

/** How the complaints of a month stand, in the order of the chart's colours: what is overdue is red. */
const stands = ['in_time', 'late', 'open', 'withdrawn', 'overdue'] as const

/** The figures of a month: as a whole, and divided by one thing. */
export function Figures(p: { st: Statistics; by?: Dimension; set: (patch: StatisticsSearch) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const by = p.by ?? 'department'
  const part = p.st.breakdowns?.find((b) => b.by === by)
  const lines = part?.lines ?? []
  return (
    <>
      <Panel>
        <Tiles st={p.st} />
        <p className="muted panel-note">
          {t('complaint.about', { days: p.st.repeat_days })} <DateText value={Date.parse(p.st.as_of) * 1000} time />
        </p>
      </Panel>
      <Panel>
        <TabBar<Dimension>
          label={t('complaint.divided')}
          tabs={dimensions.map((key) => ({ key, label: t(`complaint.by.${key}`) }))}
          current={by}
          onChoose={(key) => p.set({ by: key })}
        />
        <Divided title={part ? text(part.title) : ''} lines={lines} total={p.st.total} />
      </Panel>
    </>
  )
}

function Tiles({ st }: { st: Statistics }) {
  const { t } = useTranslation()
  const l = st.total
  const late = l.late + l.overdue
  return (
    <KeyFigures
      items={[
        { label: t('complaint.received'), value: <Num value={l.received} /> },
        { label: t('complaint.in_time_share'), value: <Num value={l.in_time_share} unit="%" /> },
        {
          label: t('complaint.late_all'),
          value: (
            <span className={late > 0 ? 'figure-bad' : undefined}>
              <Num value={late} />
            </span>
          ),
        },
        { label: t('complaint.repeated'), value: <Num value={l.repeated} /> },
        { label: t('complaint.compensation'), value: <Sums list={l.compensation} /> },
        {
          label: t('complaint.satisfaction'),
          value: <Num value={l.satisfaction} />,
          hint: l.rated > 0 ? t('complaint.rated', { count: l.rated }) : undefined,
        },
      ]}
    />
  )
}

function Divided(p: { title: string; lines: Line[]; total: Line }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const spec: ChartSpec = {
    label: t('complaint.chart', { by: p.title }),
    axis: p.title,
    categories: p.lines.map((l) => text(l.title)),
    series: stands.map((key) => ({
      name: t(`complaint.stands.${key}`),
      kind: 'bar',
      stack: 'stands',
      values: p.lines.map((l) => l[key]),
    })),
    format: (n) => num(n),
    horizontal: true,
  }
  const count = (key: string, title: string, of: (l: Line) => number | string): PlainColumn<Line> => ({
    key,
    title,
    num: true,
    right: true,
    render: (l) => <Num value={of(l)} />,
  })
  const total: Line = { ...p.total, key: 'total' }
  return (
    <>
      <Chart spec={spec} height={p.lines.length > 6 ? 320 : 200} />
      <PlainTable<Line>
        caption={spec.label}
        rows={[...p.lines, total]}
        rowKey={(l) => l.key || '-'}
        columns={[
          { key: 'title', title: p.title, head: true, render: (l) => text(l.title) },
          count('received', t('complaint.received'), (l) => l.received),
          ...stands.map((key) => count(key, t(`complaint.stands.${key}`), (l) => l[key])),
          count('declined', t('complaint.declined'), (l) => l.declined),
          count('share', t('complaint.in_time_percent'), (l) => l.in_time_share),
          count('customer', t('complaint.repeated_customer'), (l) => l.repeated_customer),
          count('cause', t('complaint.repeated_cause'), (l) => l.repeated_cause),
          count('satisfaction', t('complaint.satisfaction'), (l) => l.satisfaction),
          {
            key: 'compensation',
            title: t('complaint.compensation'),
            num: true,
            right: true,
            render: (l) => <Sums list={l.compensation} />,
          },
        ]}
      />
    </>
  )
}
