import { Button, Form, Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Choice } from '@/kit/Choice'
import { DateInput } from '@/kit/DateInput'
import { FilesInput } from '@/kit/Evidence'
import { useText } from '@/kit/text'
import { CustomerSelect } from './CustomerSelect'
import { type Field, usePeople, useUnits } from './data'

interface Props {
  fields: Field[]
  /** Where the values stand in the form; the server names refused fields the same way. */
  at: (string | number)[]
}

/** The entries of a form of the regulation. */
export function FormFields({ fields, at }: Props) {
  return fields
    .filter((f) => f.type !== 'computed')
    .map((f) => (f.type === 'list' ? <Rows key={f.key} field={f} at={at} /> : <Entry key={f.key} field={f} at={at} />))
}

function Entry({ field: f, at }: { field: Field; at: (string | number)[] }) {
  const { t } = useTranslation()
  const text = useText()
  const hints = [text(f.hint), f.required_when && !f.required ? t('procedure.form.sometimes') : ''].filter(Boolean)
  return (
    <Form.Item
      name={[...at, f.key]}
      label={f.unit ? `${text(f.title)} (${f.unit})` : text(f.title)}
      required={f.required}
      rules={f.required ? [{ required: true, message: t('procedure.form.required', { field: text(f.title) }) }] : []}
      extra={hints.length > 0 ? hints.join(' ') : undefined}
    >
      <Value field={f} />
    </Form.Item>
  )
}

interface ValueProps {
  field: Field
  id?: string
  value?: unknown
  onChange?: (v: unknown) => void
}

/** One input by the kind of its field. Works in a Form.Item. */
function Value({ field: f, ...rest }: ValueProps) {
  const { t } = useTranslation()
  const text = useText()
  const options = (f.options ?? []).map((o) => ({ value: o.key, label: text(o.title) }))
  const input = rest as object
  switch (f.type) {
    case 'long_text':
      return <Input.TextArea {...input} rows={4} maxLength={maxOf(f)} showCount={Boolean(f.max)} />
    case 'number':
    case 'money':
      return <Input {...input} className="num" inputMode="decimal" placeholder={range(f)} />
    case 'date':
      return <DateInput {...input} />
    case 'time':
      return <Input {...input} type="datetime-local" className="num" />
    case 'yes_no':
      return (
        <Choice
          label={text(f.title)}
          value={String(rest.value ?? '')}
          onChange={(v) => rest.onChange?.(v)}
          options={[
            { value: 'yes', label: t('procedure.yes') },
            { value: 'no', label: t('procedure.no') },
          ]}
        />
      )
    case 'choice':
      return <Select {...input} options={options} allowClear={!f.required} />
    case 'choices':
      return <Select {...input} options={options} mode="multiple" />
    case 'person':
      return <People {...input} many={f.many} />
    case 'department':
      return <Departments {...input} many={f.many} />
    case 'customer':
      return <CustomerSelect {...input} />
    case 'file':
      return <FilesInput {...input} />
    default:
      return <Input {...input} maxLength={maxOf(f)} />
  }
}

const maxOf = (f: Field): number | undefined => (f.max && f.type !== 'number' ? Number(f.max) : undefined)

const range = (f: Field): string | undefined => (f.min || f.max ? `${f.min ?? ''} – ${f.max ?? ''}` : undefined)

function People({ many, ...rest }: { many?: boolean }) {
  const { data } = usePeople()
  return (
    <Select
      {...rest}
      mode={many ? 'multiple' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      options={data?.items.map((p) => ({ value: p.id, label: p.name }))}
    />
  )
}

function Departments({ many, ...rest }: { many?: boolean }) {
  const { i18n } = useTranslation()
  const { data } = useUnits()
  return (
    <Select
      {...rest}
      mode={many ? 'multiple' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      options={data?.items.map((u) => ({
        value: u.id,
        label: (i18n.language === 'zh' ? u.name_zh : u.name_en) || u.name_zh,
      }))}
    />
  )
}

/** A table of rows, each a small form of its own. */
function Rows({ field: f, at }: { field: Field; at: (string | number)[] }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <Form.List name={[...at, f.key]} initialValue={f.required ? [{}] : []}>
      {(rows, { add, remove }) => (
        <fieldset className="rows">
          <legend>
            {text(f.title)}
            {f.required && <span className="required">*</span>}
          </legend>
          {rows.map((row, i) => (
            <div key={row.key} className="rows-one">
              <FormFields fields={f.fields ?? []} at={[row.name]} />
              <Button
                type="text"
                icon={<Trash2 size={14} />}
                aria-label={t('procedure.form.remove_row', { n: i + 1 })}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<Plus size={14} />} onClick={() => add({})}>
            {t('procedure.form.add_row')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}
