import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { DateText } from '@/kit/DateText'
import { ReadPanel } from '@/kit/ReadPanel'
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
  const query = api.useQuery('get', '/api/v1/reports/waiting', {}, { enabled: may })
  const late = (r: Waits) => r.do === 'submit' && r.state === 'missed'
  const sorted = (items: Waits[]) => [...items].sort((a, b) => b.due_on.localeCompare(a.due_on))
  return (
    <ReadPanel
      query={query}
      title={t('workbench.reports.title')}
      empty={({ items }) => items.length === 0}
      extra={({ items }) =>
        items.length > SHOWN && (
          <button type="button" className="text-button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('workbench.reports.fewer') : t('workbench.reports.all', { n: items.length })}
          </button>
        )
      }
    >
      {({ items }) => (
        <ul className="side-list">
          {sorted(items)
            .slice(0, all ? items.length : SHOWN)
            .map((r) => (
              <li key={`${r.rulebook} ${r.key} ${r.do}`}>
                <span className="side-main">
                  <AreaLink to={placeOf(r)}>{text(r.title) || r.key}</AreaLink>
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
      )}
    </ReadPanel>
  )
}

/** Where a report is handed in: the page that makes it, else the compliance of its rulebook. */
const placeOf = (r: Waits): string =>
  r.content.includes('complaints')
    ? `/cases/statistics?month=${r.period_from.slice(0, 7)}`
    : `/rulebooks/${r.rulebook}?tab=compliance`
