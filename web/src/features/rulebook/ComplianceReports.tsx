import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { civil } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { type GradeWords, useGradeIn, useSchemes } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { everyText } from '@/kit/period'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import { valueText } from '@/kit/whyOf'
import type { ComplyProps } from './ComplianceTab'

const FileDrawer = lazy(() => import('./FileDrawer').then((m) => ({ default: m.FileDrawer })))

type Indicator = Schemas['ComplianceIndicator']
type Filed = Schemas['ComplianceFiled']

const indicatorTones: Record<Indicator['state'], StatusTone> = {
  met: 'ok',
  missed: 'bad',
  no_target: 'neutral',
  no_data: 'neutral',
}
const reportTones: Record<Filed['state'], StatusTone> = { filed: 'ok', late: 'warn', open: 'active', missed: 'bad' }

/** The figures by which the regulation measures itself. */
export function ComplianceIndicators({ report, book, set }: ComplyProps) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useAnyGrade(book)
  if (report.indicators.length === 0)
    return (
      <Panel title={t('rulebook.comply.indicators')}>
        <p className="muted">{t('rulebook.comply.no_indicators')}</p>
      </Panel>
    )
  return (
    <Panel title={t('rulebook.comply.indicators')} flush>
      <PlainTable
        rows={report.indicators}
        rowKey={(i) => i.key}
        columns={[
          { key: 'title', title: t('rulebook.comply.indicator'), head: true, render: (i) => text(i.title) || i.key },
          {
            key: 'value',
            title: t('rulebook.comply.value'),
            num: true,
            render: (i) => <IndicatorValue indicator={i} grade={grade} />,
          },
          {
            key: 'target',
            title: t('rulebook.comply.target'),
            num: true,
            render: (i) => valueText(t, i.target, i.unit) || '—',
          },
          {
            key: 'state',
            title: t('rulebook.comply.state'),
            render: (i) => (
              <StatusDot label={t(`rulebook.comply.indicator_states.${i.state}`)} tone={indicatorTones[i.state]} />
            ),
          },
          {
            key: 'clause',
            title: t('rulebook.clause'),
            render: (i) => <Clause clause={i.clause} onClause={(clause) => set({ tab: 'clauses', clause })} />,
          },
        ]}
      />
    </Panel>
  )
}

/** The value, and by grade where there are several. */
function IndicatorValue({ indicator: i, grade }: { indicator: Indicator; grade: (code: string) => GradeWords }) {
  const { t } = useTranslation()
  const groups = i.groups.filter((g) => g.value !== '')
  return (
    <>
      <b>{valueText(t, i.value, i.unit) || '—'}</b>
      {groups.length > 1 && (
        <ul className="comply-groups">
          {groups.map((g) => (
            <li key={g.code}>
              <GradeTag {...grade(g.code)} /> {valueText(t, g.value, i.unit)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** useAnyGrade gives the words of a code of any scheme of the rulebook. */
function useAnyGrade(book: ComplyProps['book']): (code: string) => GradeWords {
  const first = useGradeIn(book.scheme)
  const others = useSchemes().data?.items.filter((s) => s.rulebook === book.id) ?? []
  const labels = others.flatMap((s) => s.scheme.labels ?? [])
  const any = useGradeIn({ ...book.scheme, labels })
  return (code) => (book.scheme.labels?.some((l) => l.code === code) ? first(code) : any(code))
}

/** The reports the regulation asks for: when they are due, and whether they were handed in. */
export function ComplianceReports(p: ComplyProps) {
  const { t } = useTranslation()
  const text = useText()
  const client = useQueryClient()
  const [filing, setFiling] = useState<Filed>()
  const today = civil(new Date())
  const role = (name: string) => text(p.book.roles.find((r) => r.name === name)?.title) || name
  if (p.report.reports.length === 0)
    return (
      <Panel title={t('rulebook.comply.reports')}>
        <p className="muted">{t('rulebook.comply.no_reports')}</p>
      </Panel>
    )
  return (
    <Panel title={t('rulebook.comply.reports')} flush>
      <PlainTable
        rows={p.report.reports}
        rowKey={(r) => `${r.key} ${r.period_from}`}
        columns={[
          {
            key: 'title',
            title: t('rulebook.comply.report'),
            head: true,
            render: (r) => (
              <>
                {text(r.title) || r.key}{' '}
                <Clause clause={r.clause} onClause={(clause) => p.set({ tab: 'clauses', clause })} />
              </>
            ),
          },
          { key: 'by', title: t('rulebook.comply.by'), render: (r) => role(r.by) },
          {
            key: 'to',
            title: t('rulebook.comply.recipients'),
            render: (r) => r.to.map(role).join(t('kit.list_comma')) || '—',
          },
          { key: 'about', title: t('rulebook.comply.about'), render: (r) => <About report={r} /> },
          {
            key: 'due',
            title: t('rulebook.comply.due_on'),
            num: true,
            render: (r) => (
              <>
                <DateText value={r.due_on} />
                {r.current && <span className="part-kind">{t('rulebook.comply.next')}</span>}
              </>
            ),
          },
          { key: 'state', title: t('rulebook.comply.state'), render: (r) => <ReportState report={r} /> },
          {
            key: 'file',
            title: '',
            render: (r) =>
              r.file_id ? (
                <a className="link" href={`/api/v1/rulebooks/${p.book.id}/filings/${r.file_id}`}>
                  {t('rulebook.comply.attachment')}
                </a>
              ) : (
                !r.filed_at &&
                r.period_from <= today && (
                  <Button
                    size="small"
                    aria-label={t('rulebook.comply.file_title', { title: `${text(r.title)} ${r.period_from}` })}
                    onClick={() => setFiling(r)}
                  >
                    {t('rulebook.comply.file')}
                  </Button>
                )
              ),
          },
        ]}
      />
      {filing && (
        <Suspense fallback={null}>
          <FileDrawer
            rulebook={p.book.id}
            report={filing}
            onClose={() => setFiling(undefined)}
            onFiled={() => void client.invalidateQueries({ queryKey: ['get', '/api/v1/rulebooks/{id}/comply'] })}
          />
        </Suspense>
      )}
    </Panel>
  )
}

/** The days a report is about, and how often it comes. */
function About({ report: r }: { report: Filed }) {
  const { t } = useTranslation()
  return (
    <span className="comply-about">
      <span className="num">
        {r.period_from} – {r.period_to}
      </span>{' '}
      <small className="muted">{t(`rulebook.comply.every.${r.every}`, { defaultValue: everyText(t, r.every) })}</small>
    </span>
  )
}

function ReportState({ report: r }: { report: Filed }) {
  const { t } = useTranslation()
  return (
    <span className="comply-about">
      <StatusDot label={t(`rulebook.comply.report_states.${r.state}`)} tone={reportTones[r.state]} />
      {r.filed_at && (
        <small className="muted">
          {t('rulebook.comply.filed_by', {
            name: r.filed_by || t('rulebook.system'),
            day: civil(new Date(r.filed_at)),
          })}
          {r.note && ` · ${r.note}`}
        </small>
      )}
      {r.received_at && (
        <small className="muted">
          {t('rulebook.comply.received_by', {
            name: r.received_by || t('rulebook.system'),
            day: civil(new Date(r.received_at)),
          })}
        </small>
      )}
    </span>
  )
}
