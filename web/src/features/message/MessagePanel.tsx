import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Fields } from '@/kit/Page'
import { RecordPanel } from '@/kit/RecordPanel'
import { usePermission } from '@/kit/usePermission'
import { type Message, useSettle } from './data'
import { MessageState, MessageWhy } from './words'
import '@/kit/message.css'

interface Props {
  id: string
  rows: Message[]
  onOpen: (id: string | undefined) => void
}

/** One message: its words, where it stands, and what can be done about it. */
export function MessagePanel({ id, rows, onOpen }: Props) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/messages/{id}', { params: { path: { id } } })
  const i = rows.findIndex((m) => m.id === id)
  const m = query.data ?? rows[i]
  const go = (to: Message | undefined) => to && (() => onOpen(to.id))
  return (
    <RecordPanel
      open
      title={m ? m.subject || m.recipient : t('app.area.message')}
      badges={m && <MessageState of={m} />}
      onClose={() => onOpen(undefined)}
      onPrevious={i > 0 ? go(rows[i - 1]) : undefined}
      onNext={i >= 0 ? go(rows[i + 1]) : undefined}
      actions={m && <Acts message={m} />}
    >
      <QueryView query={query} lines={8}>
        {(full) => <Details of={full} />}
      </QueryView>
    </RecordPanel>
  )
}

function Acts({ message: m }: { message: Message }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const may = usePermission('message.send')
  const settle = useSettle()
  const [busy, setBusy] = useState(false)
  if (!may) return null
  const params = { params: { path: { id: m.id } } }
  const act = (run: () => Promise<unknown>) => {
    setBusy(true)
    run()
      .then(settle)
      .catch((e: unknown) => void message.error(errorText(t, e)))
      .finally(() => setBusy(false))
  }
  return (
    <>
      {['queued', 'unclear'].includes(m.state) && (
        <Button disabled={busy} onClick={() => act(() => http.POST('/api/v1/messages/{id}/stop', params))}>
          {t('message.stop')}
        </Button>
      )}
      {m.state === 'unclear' && (
        <Button disabled={busy} onClick={() => act(() => http.POST('/api/v1/messages/{id}/arrived', params))}>
          {t('message.arrived')}
        </Button>
      )}
      {['queued', 'failed', 'unclear'].includes(m.state) && (
        <Button
          type="primary"
          disabled={busy}
          onClick={() => act(() => http.POST('/api/v1/messages/{id}/retry', params))}
        >
          {t('message.retry')}
        </Button>
      )}
    </>
  )
}

function Details({ of: m }: { of: Message }) {
  const { t } = useTranslation()
  return (
    <div className="stack">
      <MessageWhy of={m} />
      <p className="message-text">{m.body}</p>
      <Fields
        items={[
          {
            label: t('message.customer'),
            value: m.customer_id && (
              <CustomerLink id={m.customer_id} className="link">
                {m.customer}
              </CustomerLink>
            ),
          },
          { label: t('message.recipient'), value: m.recipient },
          { label: t('message.channel'), value: t(`message.channels.${m.channel}`) },
          { label: t('message.address'), value: m.address },
          { label: t('message.purpose'), value: t(`message.purposes.${m.purpose}`) },
          { label: t('message.attempts'), value: String(m.attempts) },
          { label: t('message.next'), value: m.next_at && <DateText value={m.next_at} time /> },
          { label: t('message.sent_at'), value: m.sent_at && <DateText value={m.sent_at} time /> },
          { label: t('message.created'), value: <DateText value={m.created_at} time /> },
          { label: t('message.by'), value: m.by || t('message.system') },
          { label: t('message.provider_id'), value: m.provider_id, wide: true },
        ]}
      />
    </div>
  )
}
