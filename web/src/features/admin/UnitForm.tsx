import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, useRefreshUnder } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Unit, usePeople, useUnits } from './data'

const KINDS = ['head_office', 'branch', 'department', 'team'] as const

interface Values {
  name_zh: string
  name_en?: string
  code: string
  kind: Unit['kind']
  parent_id?: string
  manager_id?: string
  from?: string
}

interface Props {
  /** The unit that is changed; without it one is added. */
  unit?: Unit
  /** Where a new one hangs; empty = at the top. */
  parent?: string
  onClose: () => void
}

/** Adds a unit, or changes one from a day on. */
export default function UnitForm({ unit, parent, onClose }: Props) {
  const { t } = useTranslation()
  const units = useUnits()
  const people = usePeople()
  const refresh = useRefreshUnder('/api/v1/units')
  const required = { required: true, whitespace: true, message: t('kit.form.required') }
  const save = async ({ from, ...v }: Values) => {
    const body = { ...v, parent_id: v.parent_id ?? '', manager_id: v.manager_id ?? '', from: from || undefined }
    if (unit)
      await http.PATCH('/api/v1/units/{id}', {
        params: { path: { id: unit.id }, header: { 'If-Match': `"${unit.version}"` } },
        body,
      })
    else await http.POST('/api/v1/units', { body: { ...body, code: v.code.trim() } })
    await refresh()
  }
  const name = unit && units.name(unit)
  return (
    <FormDrawer<Values>
      open
      title={unit ? t('unit.change_title', { name }) : t('unit.add')}
      initial={
        unit
          ? {
              ...unit,
              parent_id: unit.parent_id || undefined,
              manager_id: unit.manager_id || undefined,
              from: undefined,
            }
          : { parent_id: parent || undefined, kind: 'department' }
      }
      done={t(unit ? 'unit.changed' : 'unit.added')}
      onSubmit={save}
      onClose={onClose}
    >
      {unit && <p className="muted form-about">{t('unit.change_about')}</p>}
      <div className="two">
        <Form.Item name="name_zh" label={t('unit.name_zh')} rules={[required]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="name_en" label={t('unit.name_en')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('unit.code')}
          extra={t(unit ? 'unit.code_now' : 'unit.code_hint')}
          rules={[required]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="kind" label={t('unit.kind_title')}>
          <Select options={KINDS.map((k) => ({ value: k, label: t(`unit.kind.${k}`) }))} />
        </Form.Item>
      </div>
      <Form.Item name="parent_id" label={t('unit.parent')}>
        <Select
          allowClear
          placeholder={t('unit.top')}
          showSearch={{ optionFilterProp: 'label' }}
          options={units.tree
            .filter((b) => b.unit.id !== unit?.id)
            .map((b) => ({ value: b.unit.id, label: units.name(b.unit) }))}
        />
      </Form.Item>
      <Form.Item name="manager_id" label={t('unit.manager')}>
        <Select allowClear placeholder={t('unit.nobody')} showSearch={{ optionFilterProp: 'label' }} options={people} />
      </Form.Item>
      <Form.Item name="from" label={t(unit ? 'unit.from' : 'unit.first_day')} extra={t('unit.from_hint')}>
        <DateInput />
      </Form.Item>
    </FormDrawer>
  )
}
