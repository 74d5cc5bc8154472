import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { namesOf, useSettled } from './data'

interface Values {
  on: string
  from?: string
  to?: string
  purpose: string
  place?: string
  ours?: string
  theirs?: string
  appointment?: boolean
}

/** Plans a visit to a customer, to keep a duty where one is named. */
export default function PlanForm(p: { customer: string; duty?: string; on?: string; onClose: () => void }) {
  const { t } = useTranslation()
  const settled = useSettled()
  const [keyFor] = useKeyFor()
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (v: Values) => {
    const body = {
      customer_id: p.customer,
      duty_id: p.duty,
      on: v.on,
      from: v.from || undefined,
      to: v.to || undefined,
      purpose: v.purpose,
      place: v.place || undefined,
      ours: namesOf(v.ours),
      theirs: namesOf(v.theirs),
      needs_appointment: v.appointment,
    }
    const { data } = await http.POST('/api/v1/visits', { params: { header: keyFor(body) }, body })
    if (data) await settled(data)
  }
  return (
    <FormDrawer<Values>
      open
      title={t('visit.plan')}
      initial={{ on: p.on ?? civil(new Date()) }}
      done={t('visit.saved')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <WhenFields />
      <Form.Item name="purpose" label={t('visit.purpose')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="place" label={t('visit.place')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="theirs" label={t('visit.theirs')} extra={t('visit.names_hint')}>
        <Input />
      </Form.Item>
      <Form.Item name="ours" label={t('visit.ours')}>
        <Input />
      </Form.Item>
      <Form.Item name="appointment" valuePropName="checked" className="form-last">
        <Checkbox>{t('visit.appointment')}</Checkbox>
      </Form.Item>
    </FormDrawer>
  )
}

/** The day and hours of a visit. */
export function WhenFields() {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="on" label={t('visit.on')} rules={[{ required: true, message: t('kit.form.required') }]}>
        <DateInput />
      </Form.Item>
      <div className="two">
        <Form.Item name="from" label={t('visit.from')}>
          <Input type="time" className="num" />
        </Form.Item>
        <Form.Item name="to" label={t('visit.to')}>
          <Input type="time" className="num" />
        </Form.Item>
      </div>
    </>
  )
}
