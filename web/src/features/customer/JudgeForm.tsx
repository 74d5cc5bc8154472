import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { isFitting, type Judged, JudgeInput } from '@/kit/JudgeInput'
import { useText } from '@/kit/text'

type Sheet = Schemas['GradingJudgedSheetView']
type Values = Record<string, { value: string; note: string } | undefined>

/** Gives values to what the person may judge about a customer; an emptied one is taken back. */
export default function JudgeForm(p: { customerID: string; sheet: Sheet; onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const refresh = useRefreshUnder('/api/v1/customers', '/api/v1/judgements')
  const mine = p.sheet.items.filter((i) => i.may_judge)
  const submit = async (v: Values) => {
    const items = mine.flatMap((i) => {
      const now = v[i.item]
      if (!now || ((now.value ?? '') === i.value && (now.note ?? '') === i.note)) return []
      return [{ item: i.item, value: now.value ?? '', note: now.note ?? '' }]
    })
    if (items.length > 0)
      await http.PUT('/api/v1/customers/{id}/judgements', {
        params: { path: { id: p.customerID }, query: { rulebook: p.sheet.rulebook } },
        body: { items },
      })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('record.judge.title')}
      initial={Object.fromEntries(mine.map((i) => [i.item, { value: i.value, note: i.note }]))}
      done={t('record.judge.done')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <p className="form-about muted">{t('record.judge.hint')}</p>
      {mine.map((i) => (
        <div key={i.item} className="two">
          <Form.Item
            name={[i.item, 'value']}
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
          <Form.Item name={[i.item, 'note']} label={t('record.judge.note')}>
            <Input maxLength={1000} />
          </Form.Item>
        </div>
      ))}
    </FormDrawer>
  )
}

function ValueInput({ item, value, onChange }: { item: Judged; value?: string; onChange?: (v: string) => void }) {
  return <JudgeInput item={item} value={value ?? ''} onChange={(v) => onChange?.(v)} />
}
