import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import type { Contact } from './Contacts'
import { useRefresh } from './data'

type Values = Schemas['CustomerContactWrite']

/** The form of a person at a customer. */
export default function ContactForm(p: { customerID: string; contact?: Contact; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const c = p.contact
  const submit = async (v: Values) => {
    if (c)
      await http.PATCH('/api/v1/customers/{id}/contacts/{contact}', {
        params: { path: { id: p.customerID, contact: c.id }, header: { 'If-Match': `"${c.version}"` } },
        body: v,
      })
    else await http.POST('/api/v1/customers/{id}/contacts', { params: { path: { id: p.customerID } }, body: v })
    await refresh()
  }
  const { id: _id, version: _version, birthday: _birthday, ...initial } = c ?? { id: '', version: '', birthday: '' }
  return (
    <FormDrawer<Values>
      open
      title={t(c ? 'record.contact.edit' : 'record.contact.create', { name: c?.name })}
      initial={initial}
      done={t('record.saved')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <div className="two">
        <Form.Item
          name="name"
          label={t('record.contact.name')}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="title" label={t('record.contact.title')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="phone" label={t('record.contact.phone')}>
          <Input maxLength={100} inputMode="tel" />
        </Form.Item>
        <Form.Item name="email" label={t('record.contact.email')}>
          <Input maxLength={300} inputMode="email" />
        </Form.Item>
        {!c && (
          <Form.Item name="birthday" label={t('record.contact.birthday')}>
            <DateInput />
          </Form.Item>
        )}
      </div>
      <Form.Item name="primary" valuePropName="checked">
        <Checkbox>{t('record.contact.is_primary')}</Checkbox>
      </Form.Item>
      <Form.Item name="note" label={t('customer.field.note')} className="form-last">
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}
