import { App, Button } from 'antd'
import { MapPin, Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { errorText } from '@/api/error'
import { withWords } from '@/app/i18n'
import { AreaLink } from '@/kit/AreaLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Fields } from '@/kit/Page'
import { RecordPanel } from '@/kit/RecordPanel'
import { useText } from '@/kit/text'
import { ActForm } from './ActForm'
import { type Act, unagreed, useSeen, type Visit, VisitState, whenText } from './data'
import { foreseen, type Unsent } from './unsent/queue'
import { useQueue } from './unsent/useQueue'
import { useSend } from './unsent/useSend'
import './visit.css'

const Caution = lazy(withWords(['caution'], () => import('@/kit/Caution')))
const CameOfIt = lazy(() => import('./CameOfIt'))

/** Whether an act needs no further word. */
const plain = (a: Act, v: Visit): boolean =>
  a === 'ask' || (a === 'confirm' && !v.needs_appointment) || (a === 'set_out' && !unagreed(v))

/** What comes next in the ordinary course of a visit: its button stands out. */
const next: Act[] = ['report', 'arrive', 'confirm']

/** One visit with what can be done with it now. */
export default function VisitPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const { message } = App.useApp()
  const send = useSend()
  const { list } = useQueue()
  const seen = useSeen(id)
  const [act, setAct] = useState<Act>()
  const [busy, setBusy] = useState<Act>()
  const query = api.useQuery(
    'get',
    '/api/v1/visits/{id}',
    { params: { path: { id } } },
    { placeholderData: seen ?? list.find((e) => e.visit.id === id)?.visit },
  )
  // What waits on this device counts: after a check-in without a network the report follows.
  const v = query.data && foreseen(query.data, list)
  const run = async (a: Act) => {
    if (!v || busy) return
    if (!plain(a, v)) {
      setAct(a)
      return
    }
    setBusy(a)
    try {
      if ((await send(v, { act: a }, [])) === 'kept') void message.info(t('unsent.kept'))
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(undefined)
    }
  }
  const main = next.find((a) => v?.may.includes(a) && !(a === 'arrive' && unagreed(v)))
  const button = (a: Act) => (
    <Button
      key={a}
      type={a === main ? 'primary' : 'default'}
      danger={a === 'cancel'}
      loading={busy === a}
      onClick={() => void run(a)}
    >
      {t(`visit.act.${a}`)}
    </Button>
  )
  return (
    <RecordPanel
      open
      title={v?.customer.name ?? t('visit.title')}
      badges={v && <VisitState of={v} />}
      onClose={onClose}
      actions={main && button(main)}
    >
      <QueryView query={query} lines={8}>
        {(read) => {
          const full = foreseen(read, list)
          return (
            <>
              <Waiting entries={list.filter((e) => e.visit.id === id)} />
              <div className="visit-acts">
                {(full.may as Act[]).filter((a) => a !== main).map(button)}
                <Button
                  icon={<Printer size={16} strokeWidth={1.75} />}
                  href={`/api/v1/visits/${id}/report.pdf?lang=${i18n.language}`}
                  download
                >
                  {t('visit.print')}
                </Button>
              </div>
              <Suspense>
                <Caution customerID={full.customer.id} />
              </Suspense>
              <Details visit={full} />
              <Suspense>{full.arrival && <CameOfIt visit={full} />}</Suspense>
            </>
          )
        }}
      </QueryView>
      {act && v && <ActForm visit={v} act={act} onClose={() => setAct(undefined)} />}
    </RecordPanel>
  )
}

/** What of this visit is not sent yet; it is dealt with in the queue. */
function Waiting({ entries }: { entries: Unsent[] }) {
  const { t } = useTranslation()
  if (entries.length === 0) return null
  if (entries.some((e) => e.refused))
    return (
      <p className="refused" role="alert">
        {t('unsent.stuck')}
      </p>
    )
  return <p className="muted">{t('unsent.count', { count: entries.length })}</p>
}

function Details({ visit: v }: { visit: Visit }) {
  const { t } = useTranslation()
  const text = useText()
  const rows = [
    { label: t('visit.customer'), value: <CustomerLink id={v.customer.id}>{v.customer.name}</CustomerLink> },
    { label: t('visit.when'), value: <span className="num">{whenText(v)}</span> },
    { label: t('visit.purpose'), value: v.purpose, wide: true },
    { label: t('visit.owner'), value: v.owner_name },
    { label: t('visit.place'), value: v.place },
    { label: t('visit.address'), value: <Address of={v} />, wide: true },
    { label: t('visit.theirs'), value: v.theirs.join('、') },
    { label: t('visit.ours'), value: v.ours.join('、') },
  ]
  if (v.duty) {
    const title = text({ zh: v.duty.title_zh, en: v.duty.title_en })
    rows.push({ label: t('visit.duty'), value: `${title} · ${v.duty.due_on}`, wide: true })
  }
  if (v.appointment?.how || v.appointment?.with)
    rows.push({ label: t('visit.agreed'), value: <Agreed with={v.appointment} /> })
  else if (unagreed(v)) rows.push({ label: t('visit.agreed'), value: t('visit.no_appointment_hint') })
  if (v.agreed_in)
    rows.push({
      label: t('visit.agreed_in'),
      value: <AreaLink to={`/visits?tab=past&open=${v.agreed_in}`}>{v.on}</AreaLink>,
    })
  if (v.arrival) rows.push({ label: t('visit.arrival'), value: <Arrival of={v.arrival} />, wide: true })
  for (const key of ['no_appointment', 'met', 'report', 'feedback', 'next_on', 'reason'] as const)
    if (v[key]) rows.push({ label: t(`visit.${key}`), value: v[key], wide: true })
  if (v.files.length > 0)
    rows.push({
      label: t('visit.files'),
      wide: true,
      value: (
        <span className="files">
          {v.files.map((f) => (
            <a key={f.id} className="file" href={`/api/v1/files/${f.id}`} target="_blank" rel="noreferrer">
              {f.name}
            </a>
          ))}
        </span>
      ),
    })
  return <Fields items={rows} />
}

/** With whom a visit was agreed, how, and when that was recorded. */
function Agreed({ with: a }: { with: NonNullable<Visit['appointment']> }) {
  const { t } = useTranslation()
  return (
    <>
      {[a.with, a.how && t(`visit.hows.${a.how}`)].filter(Boolean).join(' · ')}{' '}
      <span className="muted">
        <DateText value={a.at} />
      </span>
    </>
  )
}

const MILLIONTHS = 1_000_000

/** The address opens the map app of the phone: at the place where it is known, else by the words. */
function Address({ of: v }: { of: Visit }) {
  const { t } = useTranslation()
  const c = v.customer
  const words = c.address || v.place
  if (!c.place && !words) return null
  const at = c.place ? `${c.place.lat_e6 / MILLIONTHS},${c.place.lon_e6 / MILLIONTHS}` : '0,0'
  const label = c.place ? `${at}(${c.name})` : words
  return (
    <a className="link" href={`geo:${at}?q=${encodeURIComponent(label)}`} title={t('visit.map')}>
      <MapPin size={14} aria-hidden /> {words || t('visit.map')}
    </a>
  )
}

function Arrival({ of: a }: { of: NonNullable<Visit['arrival']> }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const where = a.where ? t('visit.accuracy', { n: num(a.accuracy_m) }) : t('visit.no_place')
  return (
    <>
      <DateText value={a.at} time /> · {where}
      {a.distance_m != null && ` · ${t('visit.distance', { n: num(a.distance_m) })}`}
    </>
  )
}
