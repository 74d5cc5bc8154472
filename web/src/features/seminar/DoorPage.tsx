import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { Camera, UserPlus } from 'lucide-react'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { type ApiError, asApiError } from '@/api/error'
import { withWords } from '@/app/i18n'
import { ErrorState } from '@/kit/ErrorState'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Page, Panel } from '@/kit/Page'
import { SearchInput } from '@/kit/SearchInput'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { answerTones, type Guest, nameOf, type Seminar, useHappened } from './data'
import { seesCodes } from './scan'
import './seminar.css'

const Scanner = lazy(() => import('./Scanner'))
const WalkInForm = lazy(withWords(['seminar', 'procedure'], () => import('./WalkInForm')))

const route = getRouteApi('/shell/service/events/$id/door')
const icon = { size: 18, strokeWidth: 1.75 }
const SHOWN = 30

type Arrived = Schemas['SeminarArrivedView']

/** At the door: who comes is checked in by camera, by number or from the list. Made for one hand. */
export default function DoorPage() {
  const { t } = useTranslation()
  const text = useText()
  const { id } = route.useParams()
  const navigate = route.useNavigate()
  const query = api.useQuery('get', '/api/v1/seminars/{id}', { params: { path: { id } } })
  return (
    <QueryView query={query} lines={8}>
      {(m) => (
        <Page
          title={t('seminar.door')}
          note={m.on}
          back={{
            label: text({ zh: m.title_zh, en: m.title_en }),
            onClick: () => void navigate({ to: '/service/events/$id', params: { id } }),
          }}
        >
          {m.state === 'planned' && m.today && m.runs ? (
            <Door of={m} />
          ) : (
            <Panel>
              <p>{t('seminar.door_closed')}</p>
            </Panel>
          )}
        </Page>
      )}
    </QueryView>
  )
}

function Door({ of: m }: { of: Seminar }) {
  const { t } = useTranslation()
  const happened = useHappened()
  const [scanning, setScanning] = useState(false)
  const [walking, setWalking] = useState(false)
  const [last, setLast] = useState<Arrived>()
  const [failure, setFailure] = useState<ApiError>()
  const [number, setNumber] = useState('')
  const checkIn = async (code: string) => {
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/seminars/{id}/arrivals', {
        params: { path: { id: m.id } },
        body: { code },
      })
      setLast(data)
      setNumber('')
      await happened()
    } catch (e) {
      setLast(undefined)
      setFailure(asApiError(e))
    }
  }
  const typed = (e: FormEvent) => {
    e.preventDefault()
    if (number.trim()) void checkIn(number.trim())
  }
  return (
    <div className="stack door">
      <Panel>
        <KeyFigures
          items={[
            { label: t('seminar.tally.came'), value: m.tally.came },
            { label: t('seminar.tally.people'), value: m.tally.people },
            { label: t('seminar.tally.expected'), value: m.tally.absent },
          ]}
        />
      </Panel>
      <Panel>
        <div className="stack">
          <form className="door-number" onSubmit={typed}>
            <Input
              size="large"
              className="num"
              inputMode="numeric"
              autoComplete="off"
              aria-label={t('seminar.number')}
              placeholder={t('seminar.number')}
              value={number}
              onChange={(e) => setNumber(e.target.value)}
            />
            <Button type="primary" size="large" htmlType="submit">
              {t('seminar.check_in')}
            </Button>
          </form>
          {seesCodes() ? (
            <Button size="large" block icon={<Camera {...icon} />} onClick={() => setScanning(!scanning)}>
              {t(scanning ? 'seminar.scan_end' : 'seminar.scan')}
            </Button>
          ) : (
            <p className="muted">{t('seminar.no_scan')}</p>
          )}
          <Suspense>{scanning && <Scanner onCode={(code) => void checkIn(code)} />}</Suspense>
          <div aria-live="assertive">
            {failure && <ErrorState inline error={failure} />}
            {last && <Welcome of={last} />}
          </div>
          <Button block icon={<UserPlus {...icon} />} onClick={() => setWalking(true)}>
            {t('seminar.walk_in_enter')}
          </Button>
        </div>
      </Panel>
      <ByName of={m} onCheckIn={checkIn} />
      <Suspense>
        {walking && <WalkInForm of={m} onClose={() => setWalking(false)} onArrived={(a) => setLast(a)} />}
      </Suspense>
    </div>
  )
}

/** Whom to greet, or that they are in already. */
function Welcome({ of: a }: { of: Arrived }) {
  const { t } = useTranslation()
  const g = a.invitation
  return (
    <div className={a.again ? 'welcome welcome-again' : 'welcome'} role="status">
      <b>{nameOf(g, t('seminar.removed'))}</b>
      <span>
        {[g.customer ? g.person : '', t('seminar.number_is', { n: g.number }), t('seminar.people_came', { n: g.came })]
          .filter(Boolean)
          .join(' · ')}
      </span>
      <span>{t(a.again ? 'seminar.in_again' : 'seminar.in_now')}</span>
    </div>
  )
}

/** The list, for whoever has neither code nor number at hand. */
function ByName({ of: m, onCheckIn }: { of: Seminar; onCheckIn: (code: string) => Promise<void> }) {
  const { t } = useTranslation()
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  const list = api.useQuery(
    'get',
    '/api/v1/seminars/{id}/invitations',
    { params: { path: { id: m.id }, query: { q: q || undefined, limit: SHOWN } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Panel title={t('seminar.guests_list')}>
      <SearchInput
        value={q ?? ''}
        onChange={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
        placeholder={t('seminar.find_guest')}
      />
      <QueryView query={list} lines={4}>
        {({ items, next_cursor }) => (
          <ul className="door-list">
            {items.map((g) => (
              <GuestLine key={g.id} of={g} onCheckIn={onCheckIn} />
            ))}
            {items.length === 0 && <li className="muted">{t('seminar.nobody_filtered')}</li>}
            {next_cursor && <li className="muted">{t('seminar.narrow')}</li>}
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}

function GuestLine({ of: g, onCheckIn }: { of: Guest; onCheckIn: (code: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const press = async () => {
    setBusy(true)
    await onCheckIn(String(g.number))
    setBusy(false)
  }
  return (
    <li>
      <span className="num muted">{g.number}</span>
      <span className="grow">
        <b>{nameOf(g, t('seminar.removed'))}</b>
        <span className="muted">{g.customer ? g.person : ''}</span>
      </span>
      {g.came > 0 ? (
        <StatusDot label={t('seminar.people_came', { n: g.came })} tone="ok" />
      ) : (
        <>
          <StatusDot label={t(`seminar.answers.${g.answer}`)} tone={answerTones[g.answer]} />
          {g.may.includes('check_in') && (
            <Button loading={busy} onClick={() => void press()}>
              {t('seminar.check_in')}
            </Button>
          )}
        </>
      )}
    </li>
  )
}
