import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { useConfirm } from '@/kit/useConfirm'
import { deviceOf } from './device'

type Session = Schemas['UserSessionView']

/** Where somebody is signed in; each device can be signed out. Without `owner` it is oneself. */
export function SessionList({ sessions, owner }: { sessions: Session[]; owner?: string }) {
  const { t } = useTranslation()
  if (sessions.length === 0) return <p className="muted">{t('admin.session.none')}</p>
  return (
    <ul className="entries" aria-label={t('admin.me.sessions')}>
      {sessions.map((s) => (
        <SessionRow key={s.id} session={s} owner={owner} />
      ))}
    </ul>
  )
}

function SessionRow({ session: s, owner }: { session: Session; owner?: string }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/me/sessions', '/api/v1/users')
  const d = deviceOf(s.agent)
  const device = [d.browser || t('admin.me.unknown_device'), d.system].filter(Boolean).join(' · ')
  const end = () =>
    confirm({
      title: t('admin.session.end_title', { device }),
      text: t('admin.session.end_text'),
      ok: t('admin.session.end'),
      danger: true,
      action: async () => {
        if (owner)
          await http.DELETE('/api/v1/users/{id}/sessions/{item}', { params: { path: { id: owner, item: s.id } } })
        else await http.DELETE('/api/v1/me/sessions/{id}', { params: { path: { id: s.id } } })
        await refresh()
      },
    })
  return (
    <li>
      <b>{device}</b>
      <span className="muted num">{s.address}</span>
      <span className="muted">
        {t('admin.me.seen')} <DateText value={s.seen_at} time />
      </span>
      {s.current ? (
        <span className="muted">{t('admin.session.current')}</span>
      ) : (
        <Button size="small" type="text" danger onClick={() => void end()}>
          {t('admin.session.end')}
        </Button>
      )}
    </li>
  )
}
