import { Form, Input, Select } from 'antd'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, useRefreshUnder } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { withWords } from '@/app/i18n'
import { FormDrawer } from './FormDrawer'
import { type MessageAsk, MessagePreview } from './MessagePreview'

const Caution = lazy(withWords(['caution'], () => import('./Caution')))

type Channel = NonNullable<MessageAsk['channel']>

interface Values {
  template_id?: string
  contact_id?: string
  language?: 'zh' | 'en'
  channel: Channel
  purpose: NonNullable<MessageAsk['purpose']>
  subject?: string
  body?: string
}

interface Props {
  customerID: string
  contacts: { id: string; name: string }[]
  /** The channel that somebody there, or the customer as a whole (''), likes best. */
  prefers: (contact: string) => Channel | '' | undefined
  onClose: () => void
}

const ROWS = 6
const channels = ['mail', 'sms', 'wecom', 'webhook'] as const
const purposes = ['notice', 'offer', 'greeting', 'invitation', 'answer'] as const

/**
 * asked is what the server is asked for by what the form holds; undefined while nothing is written yet. By which channel a template
 * goes is the server's to say: the one the recipient likes best comes first.
 */
export function asked(v: Values | undefined): MessageAsk | undefined {
  if (!v) return undefined
  const common = { contact_id: v.contact_id || undefined, language: v.language || undefined }
  if (v.template_id) return { ...common, template_id: v.template_id }
  if (!v.body?.trim() || (v.channel === 'mail' && !v.subject?.trim())) return undefined
  return { ...common, channel: v.channel, purpose: v.purpose, subject: v.subject, body: v.body }
}

/** Writes to a customer, with a template or by hand; shows what goes out and whether it may. Needs the words of `message`. */
export default function SendMessage({ customerID, contacts, prefers, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/customers', '/api/v1/messages')
  const templates = api.useQuery('get', '/api/v1/message-templates', {})
  const [keyFor] = useKeyFor()
  const submit = async (v: Values) => {
    const body = asked(v)
    if (!body) return
    await http.POST('/api/v1/customers/{id}/messages', {
      params: { path: { id: customerID }, header: keyFor(body) },
      body,
    })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('message.send')}
      initial={{ channel: prefers('') || 'mail', purpose: 'notice' }}
      submitText={t('message.send')}
      done={t('message.queued_done')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Suspense>
        <Caution customerID={customerID} />
      </Suspense>
      <Form.Item name="template_id" label={t('message.template.one')}>
        <Select
          allowClear
          placeholder={t('message.by_hand')}
          options={templates.data?.items.map((x) => ({
            value: x.id,
            label: `${x.name} · ${t(`message.channels.${x.channel}`)}`,
          }))}
        />
      </Form.Item>
      <div className="two">
        <Recipient contacts={contacts} prefers={prefers} />
        <Form.Item name="language" label={t('message.language')}>
          <Select
            allowClear
            placeholder={t('message.preferred')}
            options={(['zh', 'en'] as const).map((l) => ({ value: l, label: t(`message.lang.${l}`) }))}
          />
        </Form.Item>
      </div>
      <ByHand />
      <Look customerID={customerID} />
    </FormDrawer>
  )
}

/** Who is written to; a message by hand then goes the way they like best. */
function Recipient({ contacts, prefers }: Pick<Props, 'contacts' | 'prefers'>) {
  const { t } = useTranslation()
  const form = Form.useFormInstance<Values>()
  const follow = (id?: string) => {
    const channel = (id && prefers(id)) || prefers('')
    if (channel) form.setFieldValue('channel', channel)
  }
  return (
    <Form.Item name="contact_id" label={t('message.recipient')}>
      <Select
        allowClear
        placeholder={t('message.whoever')}
        options={contacts.map((c) => ({ value: c.id, label: c.name }))}
        onChange={follow}
      />
    </Form.Item>
  )
}

/** The words of a message without a template. */
function ByHand() {
  const { t } = useTranslation()
  const template = Form.useWatch('template_id') as string | undefined
  const mail = Form.useWatch('channel') === 'mail'
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  if (template) return null
  return (
    <>
      <div className="two">
        <Form.Item name="channel" label={t('message.channel')}>
          <Select options={channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) }))} />
        </Form.Item>
        <Form.Item name="purpose" label={t('message.purpose')}>
          <Select options={purposes.map((p) => ({ value: p, label: t(`message.purposes.${p}`) }))} />
        </Form.Item>
      </div>
      {mail && (
        <Form.Item name="subject" label={t('message.subject')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name="body" label={t('message.text')} rules={required}>
        <Input.TextArea rows={ROWS} maxLength={5000} />
      </Form.Item>
    </>
  )
}

function Look({ customerID }: { customerID: string }) {
  const { t } = useTranslation()
  const form = Form.useFormInstance<Values>()
  const ask = asked(Form.useWatch([], form) as Values | undefined)
  if (!ask) return null
  return (
    <div className="stack">
      <b>{t('message.preview')}</b>
      <MessagePreview customerID={customerID} ask={ask} />
    </div>
  )
}
