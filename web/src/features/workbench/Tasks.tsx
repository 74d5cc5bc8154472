import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** What waits for me in cases: how much, and the first of it. */
export function Tasks() {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const may = usePermission('procedure.read')
  const { data } = api.useQuery('get', '/api/v1/inbox', { params: { query: { limit: SHOWN } } }, { enabled: may })
  if (!data || data.items.length === 0) return null
  const total = data.counts.reduce((sum, c) => sum + Number(c.open), 0)
  return (
    <Panel
      title={t('workbench.tasks.title')}
      extra={
        <CaseLink className="text-button" to="/cases?tab=inbox">
          {t('workbench.tasks.all', { n: data.more ? t('kit.table.over', { n: num(total) }) : num(total) })}
        </CaseLink>
      }
    >
      <ul className="side-list">
        {data.items.slice(0, SHOWN).map((i) => (
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
    </Panel>
  )
}
