import { Checkbox, Form, type FormInstance, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'

import { useRefresh } from './data'
import type { Person, Wish } from './Wishes'

interface Values {
  contact_id: string
  blocked?: boolean
  reason?: string
  language?: 'zh' | 'en'
  quiet_from?: string
  quiet_to?: string
  salutation?: string
  best_time?: string
  likes?: string
  wecom?: string
  channel?: (typeof channels)[number]
  taboos?: string
  out?: string[]
}

interface Props {
  customerID: string
  contacts: Person[]
  wishes: Wish[]
  onClose: () => void
}

const HOUR = 60
const channels = ['mail', 'sms', 'wecom', 'webhook'] as const
const clock = (m: number | null | undefined) =>
  m == null ? '' : `${String(Math.floor(m / HOUR)).padStart(2, '0')}:${String(m % HOUR).padStart(2, '0')}`

function minute(text: string | undefined): number | undefined {
  if (!text) return undefined
  const [h, m] = text.split(':')
  return Number(h) * HOUR + Number(m)
}

function valuesOf(wishes: Wish[], contact: string): Values {
  const w = wishes.find((x) => x.contact_id === contact)
  return {
    contact_id: contact,
    blocked: w?.blocked ?? false,
    reason: w?.reason ?? '',
    language: w?.language || undefined,
    quiet_from: clock(w?.quiet_from),
    quiet_to: clock(w?.quiet_to),
    salutation: w?.salutation ?? '',
    best_time: w?.best_time ?? '',
    likes: w?.likes ?? '',
    wecom: w?.wecom ?? '',
    channel: w?.channel || undefined,
    taboos: w?.taboos ?? '',
    out: w?.consents.filter((c) => c.out).map((c) => c.channel) ?? [],
  }
}

/** What a customer, or somebody there, wants and does not want. */
export default function WishForm({ customerID, contacts, wishes, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const submit = async (v: Values) => {
    const version = wishes.find((w) => w.contact_id === v.contact_id)?.version ?? 0
    const body: Schemas['MessageWishWrite'] = {
      ...v,
      language: v.language ?? '',
      channel: v.channel ?? '',
      quiet_from: minute(v.quiet_from),
      quiet_to: minute(v.quiet_to),
    }
    await http.PUT('/api/v1/customers/{id}/wishes', {
      params: { path: { id: customerID }, header: { 'If-Match': `"${version}"` } },
      body,
    })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('message.wish.title')}
      initial={valuesOf(wishes, '')}
      done={t('message.wish.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => <Inputs form={form} contacts={contacts} wishes={wishes} />}
    </FormDrawer>
  )
}

function Inputs({ form, contacts, wishes }: { form: FormInstance<Values>; contacts: Person[]; wishes: Wish[] }) {
  const { t } = useTranslation()
  const blocked = Form.useWatch('blocked', form)
  const time = [{ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: t('message.settings.time_wrong') }]
  return (
    <>
      <Form.Item name="contact_id" label={t('message.wish.for')}>
        <Select
          onChange={(id: string) => form.setFieldsValue(valuesOf(wishes, id))}
          options={[
            { value: '', label: t('message.wish.whole') },
            ...contacts.map((c) => ({ value: c.id, label: c.name })),
          ]}
        />
      </Form.Item>
      <Form.Item name="blocked" valuePropName="checked">
        <Checkbox>{t('message.wish.blocked')}</Checkbox>
      </Form.Item>
      {blocked && (
        <Form.Item
          name="reason"
          label={t('message.wish.reason')}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input maxLength={300} />
        </Form.Item>
      )}
      <Form.Item name="out" label={t('message.wish.out')}>
        <Select mode="multiple" options={channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) }))} />
      </Form.Item>
      <div className="two">
        <Form.Item name="salutation" label={t('message.wish.salutation')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="channel" label={t('message.wish.channel')} extra={t('message.wish.channel_hint')}>
          <Select
            allowClear
            placeholder={t('message.wish.channel_any')}
            options={channels.map((c) => ({ value: c, label: t(`message.channels.${c}`) }))}
          />
        </Form.Item>
        <Form.Item name="language" label={t('message.wish.language')}>
          <Select
            allowClear
            placeholder={t('message.wish.default')}
            options={(['zh', 'en'] as const).map((l) => ({ value: l, label: t(`message.lang.${l}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="quiet_from"
          label={t('message.wish.quiet_from')}
          rules={time}
          extra={t('message.wish.quiet_hint')}
        >
          <Input className="num" maxLength={5} placeholder="21:00" />
        </Form.Item>
        <Form.Item name="quiet_to" label={t('message.wish.quiet_to')} rules={time}>
          <Input className="num" maxLength={5} placeholder="08:00" />
        </Form.Item>
        <Form.Item name="best_time" label={t('message.wish.best_time')}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="wecom" label={t('message.wish.wecom')}>
          <Input maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="likes" label={t('message.wish.likes')}>
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
      <Form.Item
        name="taboos"
        label={t('message.wish.taboos')}
        extra={t('message.wish.taboos_hint')}
        className="form-last"
      >
        <Input.TextArea rows={3} maxLength={5000} />
      </Form.Item>
    </>
  )
}
