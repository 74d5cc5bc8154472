import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/kit/DateInput'
import { type CustomField, useNames } from './data'

/** The input of a custom field, by its type. Values are texts. */
export function CustomInput({
  field: f,
  ...rest
}: {
  field: CustomField
  id?: string
  value?: string
  onChange?: (v: string) => void
}) {
  const { t } = useTranslation()
  if (f.type === 'date') return <DateInput {...rest} onChange={(v) => rest.onChange?.(v ?? '')} />
  if (f.type === 'choice' || f.type === 'flag') {
    const options =
      f.type === 'flag'
        ? [
            { value: 'true', label: t('kit.yes') },
            { value: 'false', label: t('kit.no') },
          ]
        : f.choices.map((c) => ({ value: c, label: c }))
    return (
      <Select
        {...rest}
        allowClear
        value={rest.value || undefined}
        options={options}
        onChange={(v) => rest.onChange?.(v ?? '')}
      />
    )
  }
  return (
    <Input
      {...rest}
      maxLength={500}
      inputMode={f.type === 'number' ? 'decimal' : undefined}
      onChange={(e) => rest.onChange?.(e.target.value)}
    />
  )
}

/** A custom field in a form. */
export function CustomFieldItem({ field }: { field: CustomField }) {
  const names = useNames()
  return (
    <Form.Item name={['custom', field.name]} label={names.field(field.name)}>
      <CustomInput field={field} />
    </Form.Item>
  )
}
