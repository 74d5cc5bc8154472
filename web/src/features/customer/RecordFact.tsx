import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { textIn } from '@/kit/text'
import { useFactKinds, useRefresh } from './data'

/** Kinds a person writes down after talking to a customer, in the order in which they are offered. */
const offered = ['visit', 'call', 'meeting', 'greeting', 'complaint', 'note']

interface Values {
  kind: string
  occurred_on: string
  note: string
}

/** Writes down a visit, a call, a complaint or a note; it stands on the timeline at once. */
export default function RecordFact({ id, today, onClose }: { id: string; today: string; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const refresh = useRefresh()
  const kinds = (useFactKinds(true).data?.items ?? [])
    .filter((k) => offered.includes(k.kind))
    .sort((a, b) => offered.indexOf(a.kind) - offered.indexOf(b.kind))
  const submit = async (v: Values) => {
    await http.POST('/api/v1/customers/{id}/facts', {
      params: { path: { id } },
      body: { kind: v.kind, occurred_on: v.occurred_on, attrs: { note: v.note.trim() } },
    })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('record.contacted')}
      initial={{ kind: 'visit', occurred_on: today }}
      done={t('fact.recorded')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('fact.kind')}>
        <Radio.Group
          options={kinds.map((k) => ({
            value: k.kind,
            label: textIn(i18n.language, { zh: k.label_zh, en: k.label_en }),
          }))}
        />
      </Form.Item>
      <Form.Item name="occurred_on" label={t('fact.on')} rules={[{ required: true, message: t('kit.form.required') }]}>
        <DateInput max={today} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('fact.note')}
        className="form-last"
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={6} maxLength={2000} autoFocus />
      </Form.Item>
    </FormDrawer>
  )
}
