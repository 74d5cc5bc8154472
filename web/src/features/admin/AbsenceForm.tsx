import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useMe } from '@/app/account'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { usePeople } from './data'

interface Values {
  user_id?: string
  substitute_id?: string
  from: string
  until: string
  reason?: string
}

/** Says that somebody is away and who stands in. */
export default function AbsenceForm({ everybody, onClose }: { everybody?: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const me = useMe()
  const people = usePeople()
  const required = { required: true, message: t('kit.form.required') }
  const save = async (v: Values) => {
    await http.POST('/api/v1/absences', { body: { ...v, substitute_id: v.substitute_id || undefined } })
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/absences'] })
  }
  return (
    <FormDrawer<Values>
      open
      title={t('post.away.enter')}
      initial={everybody ? { user_id: me?.id } : {}}
      done={t('post.away.entered')}
      onSubmit={save}
      onClose={onClose}
    >
      {everybody && (
        <Form.Item name="user_id" label={t('post.away.who')} rules={[required]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={people} />
        </Form.Item>
      )}
      <div className="two">
        <Form.Item name="from" label={t('post.from')} rules={[required]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="until" label={t('post.until')} rules={[required]}>
          <DateInput />
        </Form.Item>
      </div>
      <Form.Item name="substitute_id" label={t('post.away.substitute')} extra={t('post.away.substitute_hint')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={everybody ? people : people.filter((p) => p.value !== me?.id)}
        />
      </Form.Item>
      <Form.Item name="reason" label={t('post.away.reason')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDrawer>
  )
}
