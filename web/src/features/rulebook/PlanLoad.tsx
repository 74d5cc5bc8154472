import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Calculator } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { Chart } from '@/kit/Chart'
import { Choice } from '@/kit/Choice'
import { occasionText } from '@/kit/dutyTiming'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { decimal, useFormat } from '@/kit/format'
import { useGradeIn } from '@/kit/grades'
import { JobProgress } from '@/kit/JobProgress'
import { jobQuery } from '@/kit/jobs'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import {
  type Day,
  type Foresight,
  hoursOf,
  type Impossible,
  limitedByRule,
  overloaded,
  type PersonLoad,
  readForesight,
  roomOf,
  sumOf,
} from './foresight'
import { askedVersion } from './PlanPreview'
import type { TabProps } from './RulebookPage'

/** Who would owe how much in the coming twelve months: worked out on demand, for the grades of today. */
export function PlanLoad(p: TabProps) {
  const { t } = useTranslation()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const { data } = await http.POST('/api/v1/duties/preview', {
        body: { rulebook: p.book.id, version: askedVersion(p) },
      })
      if (data) p.set({ plan: data.job_id, person: undefined })
    } catch (e) {
      setError(e)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Panel
        title={t('foresee.load')}
        extra={
          <Button icon={<Calculator size={16} strokeWidth={1.75} />} loading={busy} onClick={() => void start()}>
            {t('foresee.start')}
          </Button>
        }
      >
        <p className="muted">{t('foresee.load_hint')}</p>
        {error !== undefined && <ErrorState inline error={error} onRetry={() => void start()} />}
        {p.search.plan && <Followed {...p} job={p.search.plan} key={p.search.plan} />}
      </Panel>
      {p.search.plan && <Beyond {...p} job={p.search.plan} />}
    </>
  )
}

type JobProps = TabProps & { job: string }

function Followed({ job, ...p }: JobProps) {
  const { t } = useTranslation()
  const found = readForesight(useQuery(jobQuery(job)).data?.result)
  if (!found) return <JobProgress id={job} title={t('foresee.load')} />
  return found.people.length === 0 ? (
    <EmptyState title={t('foresee.nobody')} hint={t('foresee.nobody_hint')} />
  ) : (
    <Loads found={found} {...p} />
  )
}

/** How many hours of a working day people have for what they owe customers; or as many duties as the rulebook says. */
const hourChoices = ['2', '4', '8'] as const
type Measure = (typeof hourChoices)[number] | 'duties'

function Loads({ found: f, search, set }: TabProps & { found: Foresight }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const limited = limitedByRule(f)
  const [measure, setMeasure] = useState<Measure>(limited ? 'duties' : '8')
  const day: Day = measure === 'duties' ? measure : Number(measure)
  const shown = f.people.find((x) => (x.id || 'none') === search.person) ?? f.people[0]
  const over = f.people.filter((x) => overloaded(x, day).length > 0).length
  return (
    <div className="stack">
      <KeyFigures
        items={[
          { label: t('foresee.customers'), value: num(f.customers) },
          { label: t('foresee.duties'), value: num(f.duties) },
          { label: t('foresee.hours'), value: decimal(String(Math.round(f.minutes / 60))) },
          { label: t('foresee.over'), value: num(over) },
        ]}
      />
      <div className="plan-bar">
        <span className="muted">{t('foresee.per_day')}</span>
        <Choice<Measure>
          label={t('foresee.per_day')}
          options={[
            ...(limited ? [{ value: 'duties' as const, label: t('foresee.by_rule') }] : []),
            ...hourChoices.map((value) => ({ value, label: t('foresee.h', { n: value }) })),
          ]}
          value={measure}
          onChange={setMeasure}
        />
      </div>
      {shown && <PersonChart found={f} person={shown} day={day} />}
      <People found={f} shown={shown} day={day} onChoose={(person) => set({ person })} />
    </div>
  )
}

const useName = () => {
  const { t } = useTranslation()
  return (p: PersonLoad): string => (p.id === '' ? t('foresee.nobody_owes') : p.name)
}

function PersonChart({ found: f, person: p, day }: { found: Foresight; person: PersonLoad; day: Day }) {
  const { t } = useTranslation()
  const name = useName()
  const counted = day === 'duties'
  const room = p.months.map((m) => roomOf(p, m, day))
  return (
    <>
      <h3 className="form-part">{name(p)}</h3>
      <Chart
        height={240}
        spec={{
          label: t(counted ? 'foresee.chart_count' : 'foresee.chart', { name: name(p) }),
          axis: t('foresee.month'),
          categories: f.months.map((m) => m.slice(0, 7)),
          series: [
            {
              name: t('foresee.own'),
              kind: 'bar',
              stack: 'owed',
              values: p.months.map((m) => (counted ? m.duties : hoursOf(m.minutes))),
            },
            {
              name: t('foresee.others'),
              kind: 'bar',
              stack: 'owed',
              values: p.months.map((m) => (counted ? m.otherDuties : hoursOf(m.other))),
            },
            ...(room.every((r) => r === undefined)
              ? []
              : [
                  {
                    name: t(counted ? 'foresee.limit' : 'foresee.capacity'),
                    kind: 'line' as const,
                    values: room.map((r) => r ?? 0),
                  },
                ]),
          ],
          format: (v) => t(counted ? 'foresee.n' : 'foresee.h', { n: decimal(String(v)) }),
        }}
      />
    </>
  )
}

function People(p: { found: Foresight; shown?: PersonLoad; day: Day; onChoose: (person: string) => void }) {
  const { t } = useTranslation()
  const name = useName()
  const { num } = useFormat()
  const counted = p.day === 'duties'
  const owed = (duties: number, minutes: number) => (counted ? num(duties) : decimal(String(hoursOf(minutes))))
  return (
    <PlainTable
      rows={p.found.people}
      rowKey={(x) => x.id || 'none'}
      caption={t('foresee.load')}
      note={p.found.others > 0 ? t('foresee.more', { n: num(p.found.others) }) : undefined}
      columns={[
        {
          key: 'who',
          title: t('foresee.who'),
          head: true,
          render: (x) => (
            <button
              type="button"
              className="text-button plan-name"
              aria-pressed={x === p.shown}
              onClick={() => p.onChoose(x.id || 'none')}
            >
              {name(x)}
            </button>
          ),
        },
        ...(counted
          ? []
          : [
              {
                key: 'duties',
                title: t('foresee.duties'),
                num: true,
                right: true,
                render: (x: PersonLoad) => num(sumOf(x).duties),
              },
            ]),
        {
          key: 'own',
          title: t('foresee.own'),
          num: true,
          right: true,
          render: (x) => owed(sumOf(x).duties, sumOf(x).minutes),
        },
        {
          key: 'other',
          title: t('foresee.others'),
          num: true,
          right: true,
          render: (x) => owed(sumOf(x).otherDuties, sumOf(x).other),
        },
        {
          key: 'free',
          title: t(counted ? 'foresee.limit' : 'foresee.capacity'),
          num: true,
          right: true,
          render: (x) => {
            const room = roomOf(x, sumOf(x), p.day)
            return room === undefined ? '—' : num(room)
          },
        },
        {
          key: 'state',
          title: t('foresee.state'),
          render: (x) => <State person={x} found={p.found} day={p.day} />,
        },
      ]}
    />
  )
}

function State({ person: x, found: f, day }: { person: PersonLoad; found: Foresight; day: Day }) {
  const { t } = useTranslation()
  if (x.id === '') return <StatusDot tone="bad" label={t('foresee.unowned')} />
  const months = overloaded(x, day)
  if (months.length === 0) return <StatusDot tone="ok" label={t('foresee.fits')} />
  const first = f.months[months[0] ?? 0]?.slice(0, 7)
  return <StatusDot tone="bad" label={t('foresee.too_much', { n: months.length, first })} />
}

/** What has no day, and why. */
function Beyond({ job, book, set }: JobProps) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const grade = useGradeIn(book.scheme)
  const found = readForesight(useQuery(jobQuery(job)).data?.result)
  if (!found || found.customers === 0) return null
  if (found.impossible.length === 0)
    return (
      <Panel title={t('foresee.impossible')}>
        <p className="muted">{t('foresee.all_placed')}</p>
      </Panel>
    )
  const what = (x: Impossible): string => {
    const duty = book.duties.find((d) => d.key === x.rule)
    return [duty ? text(duty.title) : x.rule, x.occasion && occasionText(t, x.occasion)].filter(Boolean).join(' · ')
  }
  return (
    <Panel title={t('foresee.impossible')} flush>
      <PlainTable
        rows={found.impossible}
        rowKey={(x) => `${x.rule} ${x.grade} ${x.reason} ${x.occasion}`}
        columns={[
          { key: 'what', title: t('foresee.what'), head: true, render: what },
          { key: 'grade', title: t('foresee.grade'), render: (x) => grade(x.grade).label },
          { key: 'why', title: t('foresee.why'), render: (x) => t(`foresee.reasons.${x.reason}`) },
          { key: 'n', title: t('foresee.count'), num: true, right: true, render: (x) => num(x.count) },
          {
            key: 'who',
            title: t('foresee.for_whom'),
            render: (x) =>
              x.customers.length < x.count
                ? t('foresee.and_more', { list: x.customers.join(t('foresee.comma')) })
                : x.customers.join(t('foresee.comma')),
          },
          {
            key: 'clause',
            title: t('foresee.clause'),
            render: (x) => <Clause clause={x.clause} onClause={(clause) => set({ tab: 'clauses', clause })} />,
          },
        ]}
      />
    </Panel>
  )
}
