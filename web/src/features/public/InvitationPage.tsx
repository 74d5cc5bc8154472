import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, refreshUnder, type Schemas } from '@/api/client'
import { ErrorState } from '@/kit/ErrorState'
import { QueryView } from '@/kit/Loading'
import { Fields, Panel, useTitle } from '@/kit/Page'
import { QRCode } from '@/kit/QRCode'
import { useText } from '@/kit/text'
import { Frame } from './Frame'
import './public.css'

const route = getRouteApi('/invitation')

type Card = Schemas['SeminarCardView']

/** Where the link of an invitation leads: what it is, a yes or no, and the code to be shown at the door. */
export default function InvitationPage() {
  const { t } = useTranslation()
  const text = useText()
  const { token = '' } = route.useSearch()
  const query = api.useQuery(
    'get',
    '/api/v1/public/invitations/{token}',
    { params: { path: { token } } },
    { retry: false, enabled: token !== '' },
  )
  useTitle(query.data ? text({ zh: query.data.title_zh, en: query.data.title_en }) : t('invitation.title'))
  return (
    <Frame>
      {token === '' ? (
        <Panel>
          <p>{t('invitation.no_link')}</p>
        </Panel>
      ) : (
        <QueryView query={query} lines={8}>
          {(c) => <Invitation of={c} token={token} />}
        </QueryView>
      )}
    </Frame>
  )
}

function Invitation({ of: c, token }: { of: Card; token: string }) {
  const { t } = useTranslation()
  const text = useText()
  const when = c.from ? `${c.on} ${c.from}–${c.to}` : c.on
  const coming = c.answer === 'yes' || c.came
  return (
    <>
      <div className="public-lead">
        <h1>{text({ zh: c.title_zh, en: c.title_en })}</h1>
        <p className="muted">
          {t('invitation.invites', {
            house: text({ zh: c.house_zh, en: c.house_en }) || t('public.name'),
            name: [c.customer, c.name].filter(Boolean).join(' '),
          })}
        </p>
      </div>
      <Panel>
        <Fields
          items={[
            { label: t('invitation.when'), value: <span className="num">{when}</span> },
            { label: t('invitation.place'), value: c.place },
            ...(c.about
              ? [{ label: t('invitation.about'), value: <span className="said">{c.about}</span>, wide: true }]
              : []),
          ]}
        />
      </Panel>
      <Panel title={t('invitation.your_answer')}>
        <div className="stack">
          <p>
            <b>{t(stateKey(c), { reason: c.reason, day: c.answer_by })}</b>
          </p>
          {c.may_answer && <AnswerForm of={c} token={token} />}
        </div>
      </Panel>
      {c.state === 'planned' && coming && (
        <Panel title={t('invitation.at_the_door')}>
          <div className="stack door-code">
            <QRCode code={c.code} label={t('invitation.code')} />
            <p className="num">{t('invitation.number', { n: c.number })}</p>
            <p className="muted">{t('invitation.door_hint')}</p>
          </div>
        </Panel>
      )}
    </>
  )
}

/** stateKey says in words how the invitation stands. */
function stateKey(c: Card) {
  if (c.state === 'cancelled') return 'invitation.is.cancelled'
  if (c.came) return 'invitation.is.came'
  if (c.answer === 'none')
    return c.may_answer ? (c.full ? 'invitation.is.full' : 'invitation.is.none') : 'invitation.is.over'
  return `invitation.is.${c.answer}` as const
}

function AnswerForm({ of: c, token }: { of: Card; token: string }) {
  const { t } = useTranslation()
  const id = useId()
  const client = useQueryClient()
  const [guests, setGuests] = useState(c.guests)
  const [names, setNames] = useState(c.guest_names.join('、'))
  const [note, setNote] = useState(c.note)
  const [consent, setConsent] = useState(c.guest_names.length > 0)
  const [busy, setBusy] = useState<'yes' | 'no'>()
  const [failure, setFailure] = useState<unknown>()
  const say = async (yes: boolean) => {
    setBusy(yes ? 'yes' : 'no')
    setFailure(undefined)
    const people = yes && guests > 0 ? names.split(/[,，、\n]/).filter((n) => n.trim() !== '') : []
    try {
      await http.POST('/api/v1/public/invitations/{token}/answer', {
        params: { path: { token } },
        body: { yes, guests: yes ? guests : 0, guest_names: people, note: note.trim() || undefined, consent },
      })
      await refreshUnder(client, ['/api/v1/public/invitations'])
    } catch (e) {
      setFailure(e)
    } finally {
      setBusy(undefined)
    }
  }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    void say(true)
  }
  return (
    <form className="stack" onSubmit={submit}>
      {failure !== undefined && <ErrorState inline error={failure} />}
      {c.may_bring > 0 && (
        <div className="labelled">
          <label htmlFor={`${id}-guests`}>{t('invitation.guests', { n: c.may_bring })}</label>
          <Input
            id={`${id}-guests`}
            type="number"
            className="num"
            min={0}
            max={c.may_bring}
            value={guests}
            onChange={(e) => setGuests(Math.max(0, Math.floor(Number(e.target.value)) || 0))}
          />
        </div>
      )}
      {guests > 0 && (
        <>
          <div className="labelled">
            <label htmlFor={`${id}-names`}>{t('invitation.names')}</label>
            <Input id={`${id}-names`} maxLength={500} value={names} onChange={(e) => setNames(e.target.value)} />
          </div>
          <Checkbox checked={consent} onChange={(e) => setConsent(e.target.checked)}>
            {t('invitation.consent')}
          </Checkbox>
        </>
      )}
      <div className="labelled">
        <label htmlFor={`${id}-note`}>{t('invitation.note')}</label>
        <Input.TextArea
          id={`${id}-note`}
          rows={2}
          maxLength={500}
          value={note}
          onChange={(e) => setNote(e.target.value)}
        />
      </div>
      <Button type="primary" size="large" block htmlType="submit" loading={busy === 'yes'}>
        {t(
          c.full
            ? 'invitation.wait'
            : c.answer === 'yes' || c.answer === 'waiting'
              ? 'invitation.change'
              : 'invitation.yes',
        )}
      </Button>
      {c.answer !== 'no' && (
        <Button size="large" block loading={busy === 'no'} onClick={() => void say(false)}>
          {t('invitation.no')}
        </Button>
      )}
      <p className="muted">{t('invitation.privacy')}</p>
    </form>
  )
}
