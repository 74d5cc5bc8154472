import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** The open cases of the customer, and the way to begin another. */
export function Cases({ customerID, archived }: { customerID: string; archived?: boolean }) {
  const { t } = useTranslation()
  const may = usePermission('procedure.read')
  const start = usePermission('procedure.start') && !archived
  const { data } = api.useQuery(
    'get',
    '/api/v1/cases',
    { params: { query: { customer: customerID, status: ['running', 'paused'], limit: SHOWN } } },
    { enabled: may },
  )
  if (!may || !data || (data.items.length === 0 && !start)) return null
  return (
    <Panel
      title={t('record.case.title')}
      extra={
        start && (
          <CaseLink className="text-button" to={`/cases?start=choose&customer=${customerID}`}>
            {t('record.case.start')}
          </CaseLink>
        )
      }
    >
      {data.items.length === 0 ? (
        <p className="muted">{t('record.case.none')}</p>
      ) : (
        <ul className="standings">
          {data.items.map((c) => (
            <CaseRow key={c.id} of={c} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function CaseRow({ of: c }: { of: Schemas['ProcedureCaseView'] }) {
  const { t } = useTranslation()
  const text = useText()
  const steps = c.steps.map((s) => text(s.title)).join(t('kit.list_comma'))
  return (
    <li>
      <span className="row">
        <CaseLink className="link" to={`/cases/${c.id}`}>
          {c.title || text(c.procedure.title)}
        </CaseLink>
        <span className="muted num">{c.number}</span>
      </span>
      <span className="grow" />
      <span className="muted">{steps}</span>
      {c.overdue && <StatusDot tone="bad" label={t('record.case.overdue')} />}
      {c.stuck && <StatusDot tone="bad" label={t('record.case.stuck')} />}
      {c.status === 'paused' && <StatusDot tone="warn" label={t('record.case.paused')} />}
    </li>
  )
}
