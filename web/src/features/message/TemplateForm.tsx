import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { MessagePreview } from '@/kit/MessagePreview'
import { channels, purposes, type Template, useSettle } from './data'

interface Values {
  name: string
  channel: Template['channel']
  purpose: Template['purpose']
  subject: { zh?: string; en?: string }
  body: { zh?: string; en?: string }
}

const ROWS = 6

/** Writes a template: two languages, the fields it may name, and how it reads for a real customer. */
export default function TemplateForm({ template: x, onClose }: { template?: Template; onClose: () => void }) {
  const { t } = useTranslation()
  const settle = useSettle()
  const submit = async (v: Values) => {
    const words = (w?: { zh?: string; en?: string }) => ({ zh: w?.zh ?? '', en: w?.en ?? '' })
    const body = { ...v, subject: words(v.subject), body: words(v.body) }
    if (x)
      await http.PUT('/api/v1/message-templates/{id}', {
        params: { path: { id: x.id }, header: { 'If-Match': `"${x.version}"` } },
        body,
      })
    else await http.POST('/api/v1/message-templates', { body })
    await settle()
  }
  return (
    <FormDrawer<Values>
      open
      wide
      title={x ? t('message.template.edit', { name: x.name }) : t('message.template.new')}
      initial={x ?? { channel: 'mail', purpose: 'greeting', subject: {}, body: {} }}
      done={t('message.template.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t('message.template.name')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input maxLength={80} autoFocus />
      </Form.Item>
      <div className="two">
        <Form.Item name="channel" label={t('message.channel')}>
          <Select options={channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) }))} />
        </Form.Item>
        <Form.Item name="purpose" label={t('message.purpose')}>
          <Select options={purposes.map((p) => ({ value: p, label: t(`message.purposes.${p}`) }))} />
        </Form.Item>
      </div>
      <FieldList />
      <Language lang="zh" />
      <Language lang="en" />
      <Trial />
    </FormDrawer>
  )
}

/** The fields a template of the chosen purpose may name. */
function FieldList() {
  const { t } = useTranslation()
  const purpose = Form.useWatch('purpose') as string | undefined
  const fields = api.useQuery('get', '/api/v1/message-templates/fields', {}, { staleTime: Number.POSITIVE_INFINITY })
  const list = fields.data?.items.find((f) => f.purpose === purpose)?.fields ?? []
  return (
    <p className="muted">
      {t('message.template.fields')}
      {list.map((f) => (
        <code key={f}>{` {{${f}}}`}</code>
      ))}
    </p>
  )
}

function Language({ lang }: { lang: 'zh' | 'en' }) {
  const { t } = useTranslation()
  const mail = Form.useWatch('channel') === 'mail'
  return (
    <>
      {mail && (
        <Form.Item name={['subject', lang]} label={t(`message.template.subject_${lang}`)}>
          <Input maxLength={200} />
        </Form.Item>
      )}
      <Form.Item name={['body', lang]} label={t(`message.template.body_${lang}`)}>
        <Input.TextArea rows={ROWS} maxLength={5000} />
      </Form.Item>
    </>
  )
}

/** How the text reads for a customer that is chosen here. */
function Trial() {
  const { t } = useTranslation()
  const [customer, setCustomer] = useState<string>()
  const form = Form.useFormInstance<Values>()
  const v = Form.useWatch([], form) as Values | undefined
  return (
    <div className="stack">
      <b>{t('message.preview')}</b>
      <CustomerPick value={customer} onChange={setCustomer} />
      {customer &&
        v &&
        (['zh', 'en'] as const)
          .filter((l) => v.body?.[l])
          .map((l) => (
            <MessagePreview
              key={l}
              customerID={customer}
              ask={{
                channel: v.channel,
                purpose: v.purpose,
                language: l,
                subject: v.subject?.[l] ?? '',
                body: v.body[l],
              }}
            />
          ))}
    </div>
  )
}

function CustomerPick({ value, onChange }: { value?: string; onChange: (id: string | undefined) => void }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const found = api.useQuery('get', '/api/v1/customers', { params: { query: { q: q || undefined, limit: 20 } } })
  return (
    <Select
      value={value}
      aria-label={t('message.template.try')}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      loading={found.isFetching}
      options={(found.data?.items ?? []).map((c) => ({ value: c.id, label: `${c.name} ${c.code}` }))}
      placeholder={t('message.template.try')}
      notFoundContent={t('message.template.no_customer')}
    />
  )
}
