import { Checkbox, Form, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { Choice } from '@/kit/Choice'
import { CustomerSelect } from '@/kit/CustomerSelect'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Seminar, useHappened } from './data'

interface Values {
  customer_id?: string
  person?: string
  company?: string
  phone?: string
  people?: number
  consent?: boolean
}

interface Props {
  of: Seminar
  onClose: () => void
  onArrived: (a: Schemas['SeminarArrivedView']) => void
}

/** Checks somebody in who was not invited: a customer, or anybody with a name. */
export default function WalkInForm({ of: m, onClose, onArrived }: Props) {
  const { t } = useTranslation()
  const happened = useHappened()
  const [keyFor] = useKeyFor()
  const [who, setWho] = useState<'customer' | 'other'>('customer')
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (v: Values) => {
    const body =
      who === 'customer'
        ? { customer_id: v.customer_id, person: v.person, people: v.people }
        : { person: v.person, company: v.company, phone: v.phone, people: v.people, consent: v.consent }
    const { data } = await http.POST('/api/v1/seminars/{id}/walk-ins', {
      params: { path: { id: m.id }, header: keyFor(body) },
      body,
    })
    if (data) onArrived(data)
    await happened()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('seminar.walk_in_enter')}
      submitText={t('seminar.check_in')}
      initial={{ people: 1 }}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="form-about">
        <Choice
          label={t('seminar.walk_in_who')}
          value={who}
          onChange={setWho}
          options={[
            { value: 'customer', label: t('seminar.walk_in_customer') },
            { value: 'other', label: t('seminar.walk_in_stranger') },
          ]}
        />
      </div>
      {who === 'customer' && (
        <Form.Item name="customer_id" label={t('seminar.customer')} rules={required}>
          <CustomerSelect />
        </Form.Item>
      )}
      <Form.Item name="person" label={t('seminar.person')} rules={who === 'other' ? required : []}>
        <Input maxLength={80} />
      </Form.Item>
      {who === 'other' && (
        <>
          <Form.Item name="company" label={t('seminar.company')}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="phone" label={t('seminar.phone')}>
            <Input maxLength={40} inputMode="tel" className="num" />
          </Form.Item>
        </>
      )}
      <Form.Item name="people" label={t('seminar.people')} className={who === 'customer' ? 'form-last' : undefined}>
        <InputNumber min={1} max={100} precision={0} />
      </Form.Item>
      {who === 'other' && (
        <Form.Item name="consent" valuePropName="checked" className="form-last">
          <Checkbox>{t('seminar.consent_walk_in')}</Checkbox>
        </Form.Item>
      )}
    </FormDrawer>
  )
}
