import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, useRefreshUnder } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Unit, useUnits } from './data'

interface Values {
  into?: string
  from?: string
}

/** Closes a unit, or merges it into another. */
export default function UnitEndForm({ unit, merge, onClose }: { unit: Unit; merge: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const refresh = useRefreshUnder('/api/v1/units', '/api/v1/users', '/api/v1/colleagues', '/api/v1/posts')
  const name = units.name(unit)
  const save = async ({ into = '', from }: Values) => {
    const params = { path: { id: unit.id }, header: { 'If-Match': `"${unit.version}"` } }
    if (merge) await http.POST('/api/v1/units/{id}/merge', { params, body: { into, from: from || undefined } })
    else await http.POST('/api/v1/units/{id}/close', { params, body: { from: from || undefined } })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={t(merge ? 'unit.merge_title' : 'unit.close_title', { name })}
      submitText={t(merge ? 'unit.merge' : 'unit.close')}
      done={t(merge ? 'unit.merged' : 'unit.closed')}
      onSubmit={save}
      onClose={onClose}
    >
      <p className="muted form-about">{t(merge ? 'unit.merge_about' : 'unit.close_about')}</p>
      {merge && (
        <Form.Item name="into" label={t('unit.into')} rules={[{ required: true, message: t('kit.form.required') }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={units.tree
              .filter((b) => b.unit.id !== unit.id)
              .map((b) => ({ value: b.unit.id, label: units.name(b.unit) }))}
          />
        </Form.Item>
      )}
      <Form.Item name="from" label={t('unit.end_from')} extra={t('unit.from_hint')}>
        <DateInput />
      </Form.Item>
    </FormDrawer>
  )
}
