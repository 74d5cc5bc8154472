import { Checkbox, Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { usePeople } from './data'

interface Values {
  person_id: string
  reason: 'leaves' | 'moves' | 'absent'
  from: string
  until?: string
  substitute_id?: string
  away?: boolean
  note?: string
}

interface Props {
  person?: string
  onClose: () => void
  /** The handover that was opened; without one somebody stands in for a time. */
  onOpened: (id?: string) => Promise<unknown>
}

/** Opens a handover, or has somebody stand in for whoever is only away. */
export default function OpenForm({ person, onClose, onOpened }: Props) {
  const { t } = useTranslation()
  const people = usePeople()
  const required = { required: true, message: t('kit.form.required') }
  const save = async (v: Values) => {
    if (v.reason === 'absent') {
      await http.POST('/api/v1/ownership/covers', {
        body: {
          user_id: v.person_id,
          substitute_id: v.substitute_id,
          from: v.from,
          until: v.until ?? '',
          reason: v.note,
        },
      })
      return onOpened()
    }
    const { data } = await http.POST('/api/v1/handovers', {
      body: { person_id: v.person_id, reason: v.reason, from: v.from, away: v.away ?? false, note: v.note },
    })
    return onOpened(data?.id)
  }
  const who = <Select showSearch={{ optionFilterProp: 'label' }} options={people} />
  return (
    <FormDrawer<Values>
      open
      title={t('handover.open')}
      initial={{ person_id: person, reason: 'leaves' }}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item name="person_id" label={t('handover.person')} rules={[required]}>
        {who}
      </Form.Item>
      <Form.Item name="reason" label={t('handover.reason')} rules={[required]}>
        <Radio.Group
          options={(['leaves', 'moves', 'absent'] as const).map((value) => ({
            value,
            label: t(`handover.reasons.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="from" label={t('handover.from')} rules={[required]}>
        <DateInput />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(a: Values, b: Values) => a.reason !== b.reason}>
        {(form) =>
          form.getFieldValue('reason') === 'absent' ? (
            <>
              <Form.Item name="until" label={t('handover.until')} rules={[required]}>
                <DateInput />
              </Form.Item>
              <Form.Item name="substitute_id" label={t('handover.substitute')} rules={[required]}>
                {who}
              </Form.Item>
            </>
          ) : (
            <Form.Item name="away" valuePropName="checked">
              <Checkbox>{t('handover.away')}</Checkbox>
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="note" label={t('handover.note')}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}
