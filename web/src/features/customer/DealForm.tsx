import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http, useRefreshUnder } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { isFitting, type Judged, JudgeInput } from '@/kit/JudgeInput'
import { useText } from '@/kit/text'
import type { Young } from './Deals'

interface Values {
  document: string
  on: string
  reason: string
  values?: Record<string, string | undefined>
}

/** Rates one deal of a new customer: what it shows of the customer, and why. The provisional grade follows at once. */
export default function DealForm({
  customerID,
  young: y,
  onClose,
}: {
  customerID: string
  young: Young
  onClose: () => void
}) {
  const { t } = useTranslation()
  const text = useText()
  const refresh = useRefreshUnder('/api/v1/customers', '/api/v1/judgements')
  const needed = [{ required: true, message: t('kit.form.required') }]
  const today = civil(new Date())
  const { data: sheet } = api.useQuery('get', '/api/v1/customers/{id}/judgements', {
    params: { path: { id: customerID }, query: { rulebook: y.rulebook } },
  })
  if (!sheet) return null
  const mine = sheet.items.filter((i) => i.may_judge)
  return (
    <FormDrawer<Values>
      open
      title={t('record.deal.do')}
      initial={{ on: today, values: Object.fromEntries(mine.map((i) => [i.item, i.value])) }}
      done={t('record.deal.done')}
      onSubmit={async (v) => {
        const values = mine.flatMap((i) => {
          const value = v.values?.[i.item] ?? ''
          return value !== i.value ? [{ item: i.item, value }] : []
        })
        await http.POST('/api/v1/customers/{id}/deal-ratings', {
          params: { path: { id: customerID } },
          body: { rulebook: y.rulebook, scheme: y.scheme, document: v.document, on: v.on, reason: v.reason, values },
        })
        await refresh()
      }}
      onClose={onClose}
    >
      <p className="form-about muted">{t('record.deal.hint', { day: y.until })}</p>
      <div className="two">
        <Form.Item name="document" label={t('record.deal.document')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="on" label={t('record.deal.on')} rules={needed}>
          <DateInput max={today} />
        </Form.Item>
      </div>
      {mine.map((i) => (
        <Form.Item
          key={i.item}
          name={['values', i.item]}
          label={text(i.title) || i.item}
          rules={[
            {
              validator: (_, value: string) =>
                isFitting(i, value ?? '')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('kit.judge.range', { low: i.low, high: i.high }))),
            },
          ]}
        >
          <ValueInput item={i} />
        </Form.Item>
      ))}
      <Form.Item name="reason" label={t('record.deal.reason')} rules={needed}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}

function ValueInput({ item, value, onChange }: { item: Judged; value?: string; onChange?: (v: string) => void }) {
  return <JudgeInput item={item} value={value ?? ''} onChange={(v) => onChange?.(v)} />
}
