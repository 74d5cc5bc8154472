import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { useText } from '@/kit/text'

interface Values {
  region: string
  street?: string
  /** u: and the id of a person, or d: and the id of a unit. */
  user_id: string
  from?: string
  until?: string
}

/** Contracts an area to a person or a unit. */
export default function AreaForm({ onClose, onSaved }: { onClose: () => void; onSaved: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const text = useText()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  const units = api.useQuery('get', '/api/v1/units', {}, { staleTime: 300_000 })
  const required = { required: true, message: t('kit.form.required') }
  const save = async ({ user_id, ...rest }: Values) => {
    const id = user_id.slice(2)
    await http.POST('/api/v1/ownership/areas', {
      body: { ...rest, ...(user_id.startsWith('u:') ? { user_id: id } : { unit_id: id }) },
    })
    await onSaved()
  }
  return (
    <FormDrawer<Values>
      open
      title={t('ownership.area.add')}
      done={t('ownership.area.added')}
      onSubmit={save}
      onClose={onClose}
    >
      <Form.Item
        name="region"
        label={t('ownership.area.region')}
        extra={t('ownership.area.region_hint')}
        rules={[required]}
      >
        <Input className="num" maxLength={6} inputMode="numeric" />
      </Form.Item>
      <Form.Item name="street" label={t('ownership.area.street')} extra={t('ownership.area.street_hint')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="user_id" label={t('ownership.area.who')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            {
              label: t('ownership.person'),
              options: (people.data?.items ?? []).map((p) => ({ value: `u:${p.id}`, label: p.name })),
            },
            {
              label: t('ownership.unit'),
              options: (units.data?.items ?? []).map((u) => ({
                value: `d:${u.id}`,
                label: text({ zh: u.name_zh, en: u.name_en }),
              })),
            },
          ]}
        />
      </Form.Item>
      <div className="two">
        <Form.Item name="from" label={t('ownership.area.from')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="until" label={t('ownership.area.until')}>
          <DateInput />
        </Form.Item>
      </div>
    </FormDrawer>
  )
}
