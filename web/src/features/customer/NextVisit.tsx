import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CalendarPlus, PhoneCall } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRefreshUnder } from '@/api/client'
import { withWords } from '@/app/i18n'
import { AreaLink } from '@/kit/AreaLink'
import { DateText } from '@/kit/DateText'
import { ErrorState } from '@/kit/ErrorState'
import { Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import type { RecordView } from './data'

const LogCall = lazy(withWords(['call', 'owed'], () => import('@/kit/calls').then((m) => ({ default: m.LogCall }))))

const Promises = lazy(withWords(['promise'], () => import('@/kit/promises')))

const icon = { size: 15, strokeWidth: 1.75 }
const live = ['planned', 'asked', 'confirmed', 'under_way', 'arrived']

/** When somebody goes to the customer next, with the ways to agree on a visit and to log a call. */
export default function NextVisit({ record, write, phone }: { record: RecordView; write: boolean; phone?: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const logged = useRefreshUnder(
    '/api/v1/customers',
    '/api/v1/visits',
    '/api/v1/calls',
    '/api/v1/promises',
    '/api/v1/duties',
    '/api/v1/workbench',
  )
  const may = usePermission('duty.do') && write
  const [calling, setCalling] = useState(false)
  const { data, error } = api.useQuery('get', '/api/v1/visits', {
    params: { query: { customer: record.id, state: live, limit: 1 } },
  })
  const next = data?.items[0]
  const again = api.useQuery('get', '/api/v1/calls', {
    params: { query: { customer: record.id, again: true, limit: 3 } },
  })
  return (
    <>
      <Panel title={t('visit.next_on')}>
        {next ? (
          <p className="next-visit">
            <AreaLink to={`/visits?whose=all&open=${next.id}`}>
              <span className="num">{next.from ? `${next.on} ${next.from}` : next.on}</span> {next.purpose}
            </AreaLink>{' '}
            <span className="muted">
              {next.owner_name} · {t(`visit.states.${next.state}`)}
            </span>
          </p>
        ) : (
          <p className="muted next-visit">{data ? t('visit.none_ahead') : ' '}</p>
        )}
        {again.data?.items.map((c) => (
          <p key={c.id} className="next-visit">
            {t('visit.again')} <DateText value={c.again_at} time />{' '}
            <span className="muted">{[c.whom, c.by_name].filter(Boolean).join(' · ')}</span>
          </p>
        ))}
        {[error, again.error].map(
          (e) => e && <ErrorState key={e.code} error={e} inline onRetry={() => void logged()} />,
        )}
        {may && (
          <div className="row">
            <Button
              icon={<CalendarPlus {...icon} />}
              onClick={() => void navigate({ href: `/visits?plan=${record.id}` })}
            >
              {t('visit.plan')}
            </Button>
            <Button icon={<PhoneCall {...icon} />} onClick={() => setCalling(true)}>
              {t('visit.log_call')}
            </Button>
          </div>
        )}
        <Suspense>
          {calling && (
            <LogCall
              to={{ customer: { id: record.id, name: record.name, phone } }}
              onClose={() => setCalling(false)}
              onLogged={() => void logged()}
            />
          )}
        </Suspense>
      </Panel>
      <Suspense>
        <Promises customer={record} write={write} titled />
      </Suspense>
    </>
  )
}
