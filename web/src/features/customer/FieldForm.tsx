import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { type CustomField, useReloadFields } from './data'

type Values = Schemas['CustomerFieldWrite']

const types = ['text', 'number', 'date', 'choice', 'flag'] as const

/** The form of a custom field; its name and type are fixed once it exists, because values hang on them. */
export default function FieldForm({ field: f, onClose }: { field?: CustomField; onClose: () => void }) {
  const { t } = useTranslation()
  const reload = useReloadFields()
  const submit = async (v: Values) => {
    const type = f?.type ?? v.type
    const choices = type === 'choice' ? (v.choices ?? []) : undefined
    if (f)
      await http.PATCH('/api/v1/custom-fields/{id}', {
        params: { path: { id: f.id }, header: { 'If-Match': `"${f.version}"` } },
        body: { label_zh: v.label_zh, label_en: v.label_en ?? '', choices },
      })
    else await http.POST('/api/v1/custom-fields', { body: { ...v, label_en: v.label_en ?? '', choices } })
    await reload()
  }
  return (
    <FormDrawer<Values>
      open
      title={t(f ? 'customer.custom.edit' : 'customer.custom.create')}
      initial={f ?? { type: 'text' }}
      done={t('record.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      {(form) => <Items form={form} field={f} />}
    </FormDrawer>
  )
}

function Items({ form, field: f }: { form: Parameters<typeof Form.useWatch>[1]; field?: CustomField }) {
  const { t } = useTranslation()
  const type = (Form.useWatch('type', form) as string | undefined) ?? f?.type
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  return (
    <>
      <div className="two">
        <Form.Item name="label_zh" label={t('customer.custom.label_zh')} rules={required}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="label_en" label={t('customer.custom.label_en')}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      {!f && (
        <div className="two">
          <Form.Item
            name="name"
            label={t('customer.custom.name')}
            extra={t('customer.custom.name_hint')}
            rules={[{ required: true, pattern: /^[a-z][a-z0-9_]*$/, message: t('customer.custom.name_bad') }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="type" label={t('customer.custom.type')}>
            <Select options={types.map((x) => ({ value: x, label: t(`customer.custom.types.${x}`) }))} />
          </Form.Item>
        </div>
      )}
      {type === 'choice' && (
        <Form.Item
          name="choices"
          label={t('customer.custom.choices')}
          extra={t('customer.custom.choices_hint')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
      )}
    </>
  )
}
