import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

type Waits = Schemas['ComplianceWaits']

const SHOWN = 5

/** The reports I have to hand in or to receive, what fell due last first: what has been overdue for a year can wait. */
export function Reports() {
  const { t } = useTranslation()
  const text = useText()
  const [all, setAll] = useState(false)
  const may = usePermission('rulebook.read')
  const { data } = api.useQuery('get', '/api/v1/reports/waiting', {}, { enabled: may })
  if (!data || data.items.length === 0) return null
  const late = (r: Waits) => r.do === 'submit' && r.state === 'missed'
  const list = [...data.items].sort((a, b) => b.due_on.localeCompare(a.due_on))
  return (
    <Panel
      title={t('workbench.reports.title', { n: list.length })}
      extra={
        list.length > SHOWN && (
          <button type="button" className="text-button" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'workbench.reports.fewer' : 'workbench.reports.all')}
          </button>
        )
      }
    >
      <ul className="side-list">
        {list.slice(0, all ? list.length : SHOWN).map((r) => (
          <li key={`${r.rulebook} ${r.key} ${r.do}`}>
            <span className="side-main">
              <ReportLink report={r}>{text(r.title) || r.key}</ReportLink>
              <br />
              <span className="muted">
                {t(`workbench.reports.${r.do}`)} · {r.period_from} – {r.period_to}
                {r.missed > 0 && ` · ${t('workbench.reports.more', { count: r.missed })}`}
              </span>
            </span>
            {late(r) ? (
              <StatusDot tone="bad" label={t('workbench.overdue')} />
            ) : (
              r.do === 'submit' && (
                <span className="muted">
                  {t('workbench.tasks.until')} <DateText value={r.due_on} />
                </span>
              )
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Leads to where the report is handed in: the page that makes it, else the compliance of its rulebook. */
function ReportLink({ report: r, children }: { report: Waits; children: string }) {
  const navigate = useNavigate()
  if (r.content.includes('complaints'))
    return <CaseLink to={`/cases/statistics?month=${r.period_from.slice(0, 7)}`}>{children}</CaseLink>
  const href = `/rulebooks/${r.rulebook}?tab=compliance`
  return (
    <a
      className="link"
      href={href}
      onClick={(e) => {
        if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
        e.preventDefault()
        void navigate({ href })
      }}
    >
      {children}
    </a>
  )
}
