import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import { Panel } from '@/kit/Page'
import { ActOnPromise, type Promised, PromiseState } from '@/kit/promises'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** What I have promised and must keep next; what is overdue first. */
export default function Promises({ today }: { today: string }) {
  const { t } = useTranslation()
  const { relativeDay } = useFormat()
  const may = usePermission('duty.do')
  const [keeping, setKeeping] = useState<Promised>()
  const { data, error, refetch } = api.useQuery(
    'get',
    '/api/v1/promises',
    { params: { query: { owner: ['me'], state: ['overdue', 'open'], limit: SHOWN } } },
    { enabled: may },
  )
  if (error)
    return (
      <Panel title={t('promise.title')}>
        <ErrorState error={error} onRetry={() => void refetch()} inline />
      </Panel>
    )
  if (!data || (data.items.length === 0 && !keeping)) return null
  return (
    <Panel
      title={t('promise.title')}
      extra={
        <AreaLink className="text-button" to="/promises?whose=mine">
          {t('promise.see_all')}
        </AreaLink>
      }
    >
      <ul className="side-list">
        {data.items.map((p) => (
          <li key={p.id}>
            <span className="side-main">
              <AreaLink to={`/promises?whose=mine&tab=${p.state}&open=${p.id}`}>{p.what}</AreaLink>
              <br />
              <span className="muted">
                {p.customer.name} · {relativeDay(p.due_on, today)} {p.state === 'overdue' && <PromiseState of={p} />}
              </span>
            </span>
            <button type="button" className="text-button" onClick={() => setKeeping(p)}>
              {t('promise.act.keep')}
            </button>
          </li>
        ))}
      </ul>
      {keeping && <ActOnPromise of={keeping} act="keep" onClose={() => setKeeping(undefined)} />}
    </Panel>
  )
}
