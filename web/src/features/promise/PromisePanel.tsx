import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Fields, Panel } from '@/kit/Page'
import { ActOnPromise, type PromiseAct, type Promised, PromiseState } from '@/kit/promises'
import { RecordPanel } from '@/kit/RecordPanel'

/** One promise with what can be done with it, and its history. */
export default function PromisePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [act, setAct] = useState<PromiseAct>()
  const query = api.useQuery('get', '/api/v1/promises/{id}', { params: { path: { id } } })
  const p = query.data
  const button = (a: PromiseAct, main = false) => (
    <Button key={a} type={main ? 'primary' : 'default'} danger={a === 'break'} onClick={() => setAct(a)}>
      {t(`promise.act.${a}`)}
    </Button>
  )
  return (
    <RecordPanel
      open
      title={p?.customer.name ?? t('promise.title')}
      badges={p && <PromiseState of={p} />}
      onClose={onClose}
      actions={p?.may.includes('keep') && button('keep', true)}
    >
      <QueryView query={query} lines={8}>
        {(full) => (
          <>
            <div className="row promise-acts">
              {(full.may as PromiseAct[]).filter((a) => a !== 'keep').map((a) => button(a))}
            </div>
            <Details of={full} />
            <div className="promise-part">
              <Panel title={t('promise.history')}>
                <ul className="promises">
                  {full.steps.map((s) => (
                    <li key={s.at + s.act}>
                      <b>{t(`promise.step.${s.act}`)}</b> {stepDay(s) && <span className="num">{stepDay(s)}</span>}{' '}
                      {s.said}
                      <br />
                      <span className="muted">
                        {s.by || t('promise.program')} · <DateText value={s.at} time />
                      </span>
                    </li>
                  ))}
                </ul>
              </Panel>
            </div>
          </>
        )}
      </QueryView>
      {act && p && <ActOnPromise of={p} act={act} onClose={() => setAct(undefined)} />}
    </RecordPanel>
  )
}

const stepDay = (s: Promised['steps'][number]): string => {
  if (s.act === 'move') return `${s.from} → ${s.to}`
  return s.act === 'make' || s.act === 'keep' ? s.to : ''
}

function Details({ of: p }: { of: Promised }) {
  const { t } = useTranslation()
  const rows = [
    { label: t('promise.what'), value: p.what, wide: true },
    { label: t('promise.customer'), value: <CustomerLink id={p.customer.id}>{p.customer.name}</CustomerLink> },
    { label: t('promise.contact'), value: p.contact || t('promise.whole') },
    { label: t('promise.owner'), value: p.owner_name || t('promise.nobody') },
    { label: t('promise.due_on'), value: <span className="num">{p.due_on}</span> },
    { label: t('promise.made_on'), value: <Made of={p} /> },
  ]
  if (p.moved > 0)
    rows.push({ label: t('promise.first_due'), value: t('promise.moved', { day: p.first_due, count: p.moved }) })
  if (p.purpose) rows.push({ label: t('promise.purpose'), value: p.purpose, wide: true })
  if (p.said) rows.push({ label: t('promise.said'), value: `${p.settled_on} ${p.said}`, wide: true })
  return <Fields items={rows} />
}

/** The day and place a promise was made. */
function Made({ of: p }: { of: Promised }) {
  const { t } = useTranslation()
  const where = p.made_in && t(`promise.in.${p.made_in}`)
  const to =
    p.made_in === 'visit'
      ? `/visits?whose=all&open=${p.made_ref}`
      : p.made_in === 'case'
        ? `/cases/${p.made_ref}`
        : p.made_in === 'seminar'
          ? `/service/events/${p.made_ref}`
          : undefined
  return (
    <span className="num">
      {p.made_on} {to ? <AreaLink to={to}>{where}</AreaLink> : where}
    </span>
  )
}
