import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { occasionText, timingText } from '@/kit/dutyTiming'
import { decimal, useFormat } from '@/kit/format'
import { useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { Clause } from '@/kit/Why'
import { hoursOf } from './foresight'
import { PlanLoad } from './PlanLoad'
import type { TabProps } from './RulebookPage'
import './plan.css'

/** What the duties of a rulebook come to before they are planned: a year of one customer, and who would owe how much. */
export default function PlanPreview(p: TabProps) {
  const maySee = usePermission('grading.run', 'all')
  return (
    <>
      <GradeYear {...p} />
      {maySee && <PlanLoad {...p} />}
    </>
  )
}

/** askedVersion names a version only where it is not the one in force, whose settings are the company's own. */
export const askedVersion = (p: TabProps): string | undefined =>
  p.version === p.book.in_force?.version ? undefined : p.version

interface GradeKey {
  scheme: string
  code: string
}

/** gradesOf lists the grades that are owed anything, each once. */
function gradesOf(duties: Schemas['RuleDutyRule'][]): GradeKey[] {
  const seen = new Map<string, GradeKey>()
  for (const d of duties) for (const code of d.grades ?? []) seen.set(`${d.scheme}/${code}`, { scheme: d.scheme, code })
  return [...seen.values()]
}

function GradeYear(p: TabProps) {
  const { t } = useTranslation()
  const { book, search, set } = p
  const grades = gradesOf(book.duties)
  const chosen = grades.find((g) => `${g.scheme}/${g.code}` === search.grade) ?? grades[0]
  const schemes = useSchemes().data?.items
  const several = new Set(grades.map((g) => g.scheme)).size > 1
  const text = useText()
  const labelOf = (g: GradeKey): string => {
    const scheme = g.scheme === book.scheme.id ? book.scheme : schemes?.find((s) => s.scheme.id === g.scheme)?.scheme
    const label = text(scheme?.labels?.find((l) => l.code === g.code)?.title) || g.code
    return several ? `${text(scheme?.title) || g.scheme} ${label}` : label
  }
  const query = api.useQuery(
    'get',
    '/api/v1/duties/preview',
    {
      params: {
        query: {
          rulebook: book.id,
          version: askedVersion(p),
          scheme: chosen?.scheme ?? '',
          grade: chosen?.code ?? '',
        },
      },
    },
    { enabled: chosen !== undefined },
  )
  if (!chosen) return null
  return (
    <Panel title={t('foresee.year')} flush>
      <div className="scheme-tabs">
        <TabBar
          label={t('foresee.grade')}
          tabs={grades.map((g) => ({ key: `${g.scheme}/${g.code}`, label: labelOf(g) }))}
          current={`${chosen.scheme}/${chosen.code}`}
          onChoose={(grade) => set({ grade })}
        />
      </div>
      <QueryView query={query} lines={6}>
        {(plan) => <Year plan={plan} onClause={(clause) => set({ tab: 'clauses', clause })} />}
      </QueryView>
    </Panel>
  )
}

function Year({ plan, onClause }: { plan: Schemas['DutyGradePlanView']; onClause: (clause: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const times = plan.items.reduce((n, x) => n + (x.duty.each_grade ? 0 : x.times), 0)
  return (
    <>
      <div className="plan-figures">
        <KeyFigures
          items={[
            { label: t('foresee.times'), value: num(times) },
            { label: t('foresee.hours'), value: decimal(String(hoursOf(plan.minutes))) },
          ]}
        />
      </div>
      <PlainTable
        rows={plan.items}
        rowKey={(x) => x.duty.key}
        note={t('foresee.year_hint', { from: plan.from, to: plan.to })}
        columns={[
          { key: 'what', title: t('foresee.what'), head: true, render: (x) => text(x.duty.title) },
          { key: 'when', title: t('foresee.when'), render: (x) => timingText(t, x.duty) },
          { key: 'days', title: t('foresee.days'), render: (x) => <Days item={x} /> },
          {
            key: 'hours',
            title: t('foresee.hours_each'),
            num: true,
            right: true,
            render: (x) => (x.duty.of ? '—' : decimal(String(hoursOf(x.minutes)))),
          },
          {
            key: 'clause',
            title: t('foresee.clause'),
            render: (x) => <Clause clause={x.duty.clause} onClause={onClause} />,
          },
        ]}
      />
    </>
  )
}

/** The days of an example, what has none, and why. */
function Days({ item: x }: { item: Schemas['DutyGradeItemView'] }) {
  const { t } = useTranslation()
  return (
    <div className="plan-days">
      {x.duty.of && <span className="muted">{t('foresee.by_fact')}</span>}
      {x.days.map((d) => (
        <span key={d} className="num">
          {d}
        </span>
      ))}
      {x.own.map((o) => (
        <span key={o} className="muted">
          {t('foresee.own_day', { day: occasionText(t, o) })}
        </span>
      ))}
      {x.duty.each_grade && <span className="muted">{t('foresee.each_grade')}</span>}
      {x.impossible.map((i) => (
        <StatusDot
          key={`${i.reason}${i.occasion}${i.from}`}
          tone="bad"
          label={[i.from, i.occasion && occasionText(t, i.occasion), t(`foresee.reasons.${i.reason}`)]
            .filter(Boolean)
            .join(' ')}
        />
      ))}
    </div>
  )
}
