import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** What waits for me in cases, approvals among it: how much, and the first of it. */
export function Tasks() {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const may = usePermission('procedure.read')
  const query = api.useQuery('get', '/api/v1/inbox', { params: { query: { limit: SHOWN } } }, { enabled: may })
  const total = (data: NonNullable<typeof query.data>) => {
    const n = data.counts.reduce((sum, c) => sum + Number(c.open), 0)
    return data.more ? t('kit.table.over', { n: num(n) }) : num(n)
  }
  return (
    <ReadPanel
      query={query}
      title={t('workbench.tasks.title')}
      empty={({ items }) => items.length === 0}
      extra={(data) => (
        <CaseLink className="text-button" to="/cases?tab=inbox">
          {t('workbench.tasks.all', { n: total(data) })}
        </CaseLink>
      )}
    >
      {({ items }) => (
        <ul className="side-list">
          {items.slice(0, SHOWN).map((i) => (
            <li key={`${i.case.id}-${i.seat}`}>
              <span className="side-main">
                <CaseLink className="link" to={`/cases/${i.case.id}`}>
                  {text(i.title) || t('workbench.tasks.extend')}
                </CaseLink>
                <br />
                <span className="muted">{[i.case.customer?.name, i.case.number].filter(Boolean).join(' · ')}</span>
              </span>
              {i.overdue ? (
                <StatusDot tone="bad" label={t('workbench.overdue')} />
              ) : (
                i.due_at && (
                  <span className="muted">
                    {t('workbench.tasks.until')} <DateText value={i.due_at} />
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
