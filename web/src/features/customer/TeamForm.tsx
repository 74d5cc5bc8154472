import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, useRefreshUnder } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { useColleagues } from './data'

interface Values {
  user_id: string
  part: string
  from?: string
  until?: string
}

const MAX_PART = 60

/** Puts somebody beside the owner of a customer. */
export default function TeamForm({ customerID, onClose }: { customerID: string; onClose: () => void }) {
  const { t } = useTranslation()
  const people = useColleagues().data?.items.filter((p) => p.active) ?? []
  const refresh = useRefreshUnder('/api/v1/customers/{id}/team')
  const required = { required: true, whitespace: true, message: t('kit.form.required') }
  const save = async (body: Values) => {
    await http.POST('/api/v1/customers/{id}/team', { params: { path: { id: customerID } }, body })
    void refresh()
  }
  return (
    <FormDrawer<Values> open title={t('owner.team')} done={t('owner.joined')} onSubmit={save} onClose={onClose}>
      <Form.Item name="user_id" label={t('owner.person')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={people.map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
      <Form.Item name="part" label={t('owner.part')} extra={t('owner.part_hint')} rules={[required]}>
        <Input maxLength={MAX_PART} />
      </Form.Item>
      <div className="two">
        <Form.Item name="from" label={t('owner.from')} extra={t('owner.from_hint')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="until" label={t('owner.until')}>
          <DateInput />
        </Form.Item>
      </div>
    </FormDrawer>
  )
}
