import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { Choice } from './Choice'
import { DateInput } from './DateInput'
import type { Duty } from './duties'
import { FormDrawer } from './FormDrawer'
import { civil } from './format'
import { usePermission } from './usePermission'

/** Whom a call goes to, and the duty it is for. */
export interface CallTo {
  customer: { id: string; name: string; phone?: string }
  duty?: Pick<Duty, 'id'>
}

/** Whether a duty is kept by ringing one customer; what a whole grade is owed is kept with its evidence. */
export const isCall = (d: Duty): boolean => d.activity === 'call' && !d.of_grade

type Outcome = Schemas['VisitCallView']['outcome']
const outcomes: Outcome[] = ['reached', 'not_reached', 'call_again']

interface Values {
  outcome: Outcome
  whom?: string
  note?: string
  again_at?: string
  /** What was promised in the call, and until when. */
  promise?: string
  promise_due?: string
  /** A case is to be begun from what the customer said. */
  begin?: boolean
}

interface Props {
  to: CallTo
  onClose: () => void
  /** The call is kept; with a duty and somebody reached the duty is too. */
  onLogged: (call: Schemas['VisitCallView']) => void
}

/** What came of a call. Only a call in which somebody was reached keeps its duty. */
export function LogCall({ to, onClose, onLogged }: Props) {
  const { t } = useTranslation()
  const [keyFor] = useKeyFor()
  const [keyForPromise] = useKeyFor()
  const navigate = useNavigate()
  const submit = async (v: Values) => {
    const body = {
      outcome: v.outcome,
      duty_id: to.duty?.id,
      phone: to.customer.phone || undefined,
      whom: v.whom?.trim() || undefined,
      note: v.note?.trim() || undefined,
      again_at: v.outcome === 'call_again' && v.again_at ? new Date(v.again_at).toISOString() : undefined,
    }
    const { data } = await http.POST('/api/v1/customers/{id}/calls', {
      params: { path: { id: to.customer.id }, header: keyFor(body) },
      body,
    })
    if (!data) return
    const reached = v.outcome === 'reached'
    if (reached && v.promise?.trim() && v.promise_due) {
      const promise = { what: v.promise, due_on: v.promise_due, made_in: 'call' as const, made_ref: data.id }
      await http.POST('/api/v1/customers/{id}/promises', {
        params: { path: { id: to.customer.id }, header: keyForPromise(promise) },
        body: promise,
      })
    }
    onLogged(data)
    if (reached && v.begin)
      void navigate({ href: `/cases?start=choose&customer=${to.customer.id}&about=call:${data.id}` })
  }
  return (
    <FormDrawer<Values>
      open
      title={t('call.title', { name: to.customer.name })}
      initial={{ outcome: 'reached' }}
      done={t('call.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => (
        <>
          {to.customer.phone && (
            <p>
              <a className="link num" href={`tel:${to.customer.phone}`}>
                {to.customer.phone}
              </a>
            </p>
          )}
          <Form.Item name="outcome" label={t('call.outcome')}>
            <OutcomeInput />
          </Form.Item>
          <Form.Item name="whom" label={t('call.whom')}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.outcome !== b.outcome}>
            {() => <ByOutcome outcome={form.getFieldValue('outcome') as Outcome} duty={to.duty !== undefined} />}
          </Form.Item>
        </>
      )}
    </FormDrawer>
  )
}

function OutcomeInput({ value = 'reached', onChange }: { value?: Outcome; onChange?: (v: Outcome) => void }) {
  const { t } = useTranslation()
  return (
    <Choice<Outcome>
      label={t('call.outcome')}
      options={outcomes.map((o) => ({ value: o, label: t(`call.${o}`) }))}
      value={value}
      onChange={(v) => onChange?.(v)}
    />
  )
}

function ByOutcome({ outcome, duty }: { outcome: Outcome; duty: boolean }) {
  const { t } = useTranslation()
  const reached = outcome === 'reached'
  return (
    <>
      {outcome === 'call_again' && (
        <Form.Item
          name="again_at"
          label={t('call.again_at')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <Input type="datetime-local" className="num" />
        </Form.Item>
      )}
      <Form.Item
        name="note"
        label={t('call.note')}
        rules={[{ required: reached, whitespace: true, message: t('kit.form.required') }]}
        extra={duty && t(reached ? 'call.keeps' : 'call.stays')}
      >
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
      {reached && <CameOfIt />}
    </>
  )
}

/** What else a call may bring: a promise to be kept, and a case. */
function CameOfIt() {
  const { t } = useTranslation()
  const start = usePermission('procedure.start')
  return (
    <>
      <Form.Item name="promise" label={t('call.promise')}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item noStyle dependencies={['promise']}>
        {({ getFieldValue }) =>
          getFieldValue('promise') ? (
            <Form.Item
              name="promise_due"
              label={t('call.promise_due')}
              rules={[{ required: true, message: t('kit.form.required') }]}
            >
              <DateInput min={civil(new Date())} />
            </Form.Item>
          ) : null
        }
      </Form.Item>
      {start && (
        <Form.Item name="begin" valuePropName="checked" className="form-last">
          <Checkbox>{t('call.begin')}</Checkbox>
        </Form.Item>
      )}
    </>
  )
}
