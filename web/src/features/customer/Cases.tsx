import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** The open cases of the customer, and the way to begin another. */
export function Cases({ customerID, archived }: { customerID: string; archived?: boolean }) {
  const { t } = useTranslation()
  const may = usePermission('procedure.read')
  const start = usePermission('procedure.start') && !archived
  const query = api.useQuery(
    'get',
    '/api/v1/cases',
    { params: { query: { customer: customerID, status: ['running', 'paused'], limit: SHOWN } } },
    { enabled: may },
  )
  return (
    <ReadPanel
      query={query}
      title={t('record.case.title')}
      empty={({ items }) => items.length === 0 && !start}
      extra={() =>
        start && (
          <CaseLink className="text-button" to={`/cases?start=choose&customer=${customerID}`}>
            {t('record.case.start')}
          </CaseLink>
        )
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">{t('record.case.none')}</p>
        ) : (
          <ul className="standings">
            {items.map((c) => (
              <CaseRow key={c.id} of={c} />
            ))}
          </ul>
        )
      }
    </ReadPanel>
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
