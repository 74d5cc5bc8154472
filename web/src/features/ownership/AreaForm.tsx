import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
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

/** What the form is opened for. */
export interface AreaAim {
  /** The area in words. */
  name?: string
  region?: string
  /** Also a street of the region is meant, which is still to be named. */
  street?: boolean
  /** The contract that goes to somebody else. */
  change?: Pick<Schemas['OwnershipContractView'], 'id' | 'version'>
}

interface Props {
  aim: AreaAim
  onClose: () => void
  onSaved: () => Promise<unknown>
}

/** Contracts an area to a person or a unit, or gives a contracted one to somebody else. */
export default function AreaForm({ aim, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  const units = api.useQuery('get', '/api/v1/units', {}, { staleTime: 300_000 })
  const required = { required: true, message: t('kit.form.required') }
  const save = async ({ user_id, region, street, ...days }: Values) => {
    const id = user_id.slice(2)
    const who = user_id.startsWith('u:') ? { user_id: id } : { unit_id: id }
    if (aim.change)
      await http.PUT('/api/v1/ownership/areas/{id}', {
        params: { path: { id: aim.change.id }, header: { 'If-Match': `"${aim.change.version}"` } },
        body: { ...days, ...who },
      })
    else await http.POST('/api/v1/ownership/areas', { body: { ...days, ...who, street, region: aim.region ?? region } })
    await onSaved()
  }
  return (
    <FormDrawer<Values>
      open
      title={
        aim.change ? t('ownership.area.map.change_title', { area: aim.name }) : (aim.name ?? t('ownership.area.add'))
      }
      done={t(aim.change ? 'ownership.area.map.changed' : 'ownership.area.added')}
      onSubmit={save}
      onClose={onClose}
    >
      {!aim.region && !aim.change && (
        <Form.Item
          name="region"
          label={t('ownership.area.region')}
          extra={t('ownership.area.region_hint')}
          rules={[required]}
        >
          <Input className="num" maxLength={6} inputMode="numeric" />
        </Form.Item>
      )}
      {!aim.change && (!aim.region || aim.street) && (
        <Form.Item
          name="street"
          label={t('ownership.area.street')}
          extra={t('ownership.area.street_hint')}
          rules={aim.street ? [required] : []}
        >
          <Input maxLength={100} />
        </Form.Item>
      )}
      <Form.Item name="user_id" label={t('ownership.area.who')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            {
              label: t('ownership.person'),
              options: (people.data?.items ?? [])
                .filter((p) => p.active)
                .map((p) => ({ value: `u:${p.id}`, label: p.name })),
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
        <Form.Item
          name="from"
          label={t('ownership.area.from')}
          extra={aim.change && t('ownership.area.map.change_hint')}
        >
          <DateInput />
        </Form.Item>
        <Form.Item name="until" label={t('ownership.area.until')}>
          <DateInput />
        </Form.Item>
      </div>
    </FormDrawer>
  )
}
