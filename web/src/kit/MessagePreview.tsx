import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { sentence } from '@/api/error'
import { DateText } from './DateText'
import { ErrorState } from './ErrorState'
import { StatusDot } from './StatusDot'
import './message.css'

export type MessageAsk = Schemas['MessageSendWrite']

/** A message as it would go out to a customer now, and whether it may. Needs the words of `message`. */
export function MessagePreview({ customerID, ask }: { customerID: string; ask: MessageAsk }) {
  const body = useDeferredValue(ask)
  const query = useQuery({
    queryKey: ['post', '/api/v1/customers/{id}/messages/preview', customerID, body],
    queryFn: async () => {
      const { data } = await http.POST('/api/v1/customers/{id}/messages/preview', {
        params: { path: { id: customerID } },
        body,
      })
      return data as Schemas['MessagePreviewView']
    },
    placeholderData: (old) => old,
    retry: false,
  })
  return <PreviewText query={query} />
}

/** A preview that was asked for. Needs the words of `message`. */
export function PreviewText({ query }: { query: UseQueryResult<Schemas['MessagePreviewView']> }) {
  const { t } = useTranslation()
  if (query.error) return <ErrorState inline error={query.error} />
  const p = query.data
  if (!p) return null
  const args = { ...p.why_args }
  if (typeof args.channel === 'string') args.channel = t(`message.channels.${args.channel}`)
  return (
    <div className="stack">
      <span className="row">
        <StatusDot
          label={t(`message.gate.${p.gate}`)}
          tone={p.gate === 'yes' ? 'ok' : p.gate === 'later' ? 'warn' : 'bad'}
        />
        {p.at && <DateText value={p.at} time />}
        <span className="muted">
          {[t(`message.channels.${p.channel}`), p.recipient, p.address].filter(Boolean).join(' · ')}
        </span>
      </span>
      {p.why && <span className="muted">{sentence(t, p.why, args)}</span>}
      <p className="message-text">
        {p.subject && <b>{p.subject}</b>}
        {p.subject && '\n'}
        {p.body}
      </p>
    </div>
  )
}
