import { useQuery } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { sentence } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { FormDrawer } from '@/kit/FormDrawer'
import { PreviewText } from '@/kit/MessagePreview'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import type { CaseRecord } from './data'

type Answer = Schemas['ReplyView']
type Values = Omit<Schemas['ReplyBody'], 'step'>

const channels = ['mail', 'sms', 'wecom', 'webhook'] as const
const over = ['suppressed', 'failed', 'stopped']

/** What the case said to its customer, by which message it went out, and the way to send it. */
export default function Replies({ record: c }: { record: CaseRecord }) {
  const { t } = useTranslation()
  const text = useText()
  const may = usePermission('message.send')
  const [sending, setSending] = useState<Answer>()
  const { data } = api.useQuery('get', '/api/v1/cases/{id}/answers', { params: { path: { id: c.id } } })
  if (!data?.items.length) return null
  return (
    <Panel title={t('reply.title')}>
      <ul className="people">
        {data.items.map((a) => (
          <li key={a.step}>
            <div className="person">
              <span className="row">
                <b>{text(a.title)}</b>
                {a.at && <DateText value={a.at} />}
              </span>
              <How of={a} />
            </div>
            {may && c.customer && (!a.message || over.includes(a.message.state)) && (
              <Button size="small" icon={<Send size={14} />} onClick={() => setSending(a)}>
                {t(a.message ? 'reply.again' : 'reply.send')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sending && c.customer && (
        <SendAnswer caseID={c.id} customerID={c.customer.id} of={sending} onClose={() => setSending(undefined)} />
      )}
    </Panel>
  )
}

function How({ of: a }: { of: Answer }) {
  const { t } = useTranslation()
  const m = a.message
  if (!m) return <span className="muted">{t('reply.not_sent')}</span>
  const args = { ...m.why_args }
  if (typeof args.channel === 'string') args.channel = t(`message.channels.${args.channel}`)
  return (
    <>
      <span className="row">
        <StatusDot
          label={t(`message.states.${m.state}`)}
          tone={m.state === 'sent' ? 'ok' : over.includes(m.state) ? 'bad' : 'warn'}
        />
        <span className="muted">
          {[t(`message.channels.${m.channel}`), m.recipient, m.address].filter(Boolean).join(' · ')}
        </span>
      </span>
      {m.why && <span className="muted">{sentence(t, m.why, args)}</span>}
    </>
  )
}

interface SendProps {
  caseID: string
  customerID: string
  of: Answer
  onClose: () => void
}

function SendAnswer({ caseID, customerID, of: a, onClose }: SendProps) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/cases', '/api/v1/messages')
  const templates = api.useQuery('get', '/api/v1/message-templates', {})
  const people = api.useQuery('get', '/api/v1/customers/{id}/contacts', { params: { path: { id: customerID } } })
  const submit = async (v: Values) => {
    await http.POST('/api/v1/cases/{id}/answers', { params: { path: { id: caseID } }, body: { ...v, step: a.step } })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('reply.title')}
      submitText={t('reply.send')}
      done={t('reply.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about muted">{t('reply.rule')}</p>
      <Form.Item name="template_id" label={t('message.template.one')}>
        <Select
          allowClear
          placeholder={t('reply.as_is')}
          options={templates.data?.items
            .filter((x) => x.purpose === 'answer')
            .map((x) => ({ value: x.id, label: `${x.name} · ${t(`message.channels.${x.channel}`)}` }))}
        />
      </Form.Item>
      <div className="two">
        <Form.Item name="channel" label={t('message.channel')}>
          <Select
            allowClear
            placeholder={t('reply.channel_any')}
            options={channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) }))}
          />
        </Form.Item>
        <Form.Item name="contact_id" label={t('message.recipient')}>
          <Select
            allowClear
            placeholder={t('message.whoever')}
            options={people.data?.items.map((c) => ({ value: c.id, label: c.name }))}
          />
        </Form.Item>
      </div>
      <Look caseID={caseID} step={a.step} />
    </FormDrawer>
  )
}

/** The answer as it would go out now. */
function Look({ caseID, step }: { caseID: string; step: string }) {
  const form = Form.useFormInstance<Values>()
  const body = { ...(Form.useWatch([], form) as Values | undefined), step }
  const query = useQuery({
    queryKey: ['post', '/api/v1/cases/{id}/answers/preview', caseID, body],
    queryFn: async () => {
      const { data } = await http.POST('/api/v1/cases/{id}/answers/preview', { params: { path: { id: caseID } }, body })
      return data as Schemas['MessagePreviewView']
    },
    placeholderData: (old) => old,
    retry: false,
  })
  return <PreviewText query={query} />
}
