import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRefreshUnder } from '@/api/client'
import { withWords } from '@/app/i18n'
import { AreaLink } from '@/kit/AreaLink'
import type { CallTo } from '@/kit/calls'
import { DateText } from '@/kit/DateText'
import { ReadPanel } from '@/kit/ReadPanel'
import { usePermission } from '@/kit/usePermission'

const LogCall = lazy(withWords(['call', 'owed'], () => import('@/kit/calls').then((m) => ({ default: m.LogCall }))))

const SHOWN = 5
const live = ['planned', 'asked', 'confirmed', 'under_way', 'arrived']

/** Where I go next. */
export function Visits() {
  const { t } = useTranslation()
  const may = usePermission('duty.read')
  const query = api.useQuery(
    'get',
    '/api/v1/visits',
    { params: { query: { owner: ['me'], state: live, limit: SHOWN } } },
    { enabled: may },
  )
  const plans = usePermission('duty.do')
  return (
    <ReadPanel
      query={query}
      title={t('workbench.visits.title')}
      empty={({ items }) => items.length === 0 && !plans}
      extra={() => (
        <>
          {plans && (
            <AreaLink className="text-button" to="/visits/week">
              {t('workbench.visits.week')}
            </AreaLink>
          )}
          <AreaLink className="text-button" to="/visits">
            {t('workbench.visits.all')}
          </AreaLink>
        </>
      )}
    >
      {({ items }) => (
        <ul className="side-list">
          {items.length === 0 && <li className="muted">{t('workbench.visits.none')}</li>}
          {items.map((v) => (
            <li key={v.id}>
              <span className="side-main">
                <AreaLink to={`/visits?open=${v.id}`}>{v.customer.name}</AreaLink>
                <br />
                <span className="muted">{v.purpose}</span>
              </span>
              <span className="muted num">{v.from ? `${v.on} ${v.from}` : v.on}</span>
            </li>
          ))}
        </ul>
      )}
    </ReadPanel>
  )
}

/** Whom I promised, or chose, to ring again; the next first. */
export function CallsAgain() {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/calls', '/api/v1/duties', '/api/v1/workbench', '/api/v1/customers')
  const may = usePermission('duty.do')
  const [to, setTo] = useState<CallTo>()
  const query = api.useQuery(
    'get',
    '/api/v1/calls',
    { params: { query: { mine: true, again: true, limit: SHOWN } } },
    { enabled: may },
  )
  return (
    <>
      <ReadPanel query={query} title={t('workbench.calls.again')} empty={({ items }) => items.length === 0}>
        {({ items }) => (
          <ul className="side-list">
            {items.map((c) => (
              <li key={c.id}>
                <span className="side-main">
                  <AreaLink to={`/customers/${c.customer.id}`}>{c.customer.name}</AreaLink>
                  <br />
                  <span className="muted">
                    <DateText value={c.again_at} time /> {c.whom}
                  </span>
                </span>
                <Button
                  onClick={() =>
                    setTo({
                      customer: { ...c.customer, phone: c.phone },
                      duty: c.duty_id ? { id: c.duty_id } : undefined,
                    })
                  }
                >
                  {t('workbench.calls.again_do')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </ReadPanel>
      <Suspense>{to && <LogCall to={to} onClose={() => setTo(undefined)} onLogged={() => void refresh()} />}</Suspense>
    </>
  )
}
