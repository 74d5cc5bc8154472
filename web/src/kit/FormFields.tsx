import { Button, Form, Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from './Choice'
import { DateInput } from './DateInput'
import { FilesInput } from './Evidence'
import type { Field } from './formAnswers'
import { useText } from './text'

/** Makes the input of a field in another way than usual; undefined leaves it as it is. `input` goes to the control. */
export type SpecialInput = (field: Field, input: object) => ReactNode | undefined

interface Props {
  fields: Field[]
  /** Where the values stand in the form; the server names refused fields the same way. */
  at: (string | number)[]
  /** People, departments and customers are the organisation's own: whoever may choose them brings their inputs. */
  special?: SpecialInput
}

/** The entries of a form of the regulation. */
export function FormFields({ fields, at, special }: Props) {
  return fields
    .filter((f) => f.type !== 'computed')
    .map((f) =>
      f.type === 'list' ? (
        <Rows key={f.key} field={f} at={at} special={special} />
      ) : (
        <Entry key={f.key} field={f} at={at} special={special} />
      ),
    )
}

interface EntryProps {
  field: Field
  at: (string | number)[]
  special?: SpecialInput
}

function Entry({ field: f, at, special }: EntryProps) {
  const { t } = useTranslation()
  const text = useText()
  const hints = [text(f.hint), f.required_when && !f.required ? t('form.sometimes') : ''].filter(Boolean)
  return (
    <Form.Item
      name={[...at, f.key]}
      label={f.unit ? `${text(f.title)} (${f.unit})` : text(f.title)}
      required={f.required}
      rules={f.required ? [{ required: true, message: t('form.required', { field: text(f.title) }) }] : []}
      extra={hints.length > 0 ? hints.join(' ') : undefined}
    >
      <Value field={f} special={special} />
    </Form.Item>
  )
}

interface ValueProps {
  field: Field
  special?: SpecialInput
  id?: string
  value?: unknown
  onChange?: (v: unknown) => void
}

/** One input by the kind of its field. Works in a Form.Item. */
function Value({ field: f, special, ...rest }: ValueProps) {
  const { t } = useTranslation()
  const text = useText()
  const options = (f.options ?? []).map((o) => ({ value: o.key, label: text(o.title) }))
  const input = rest as object
  const other = special?.(f, input)
  if (other) return other
  switch (f.type) {
    case 'long_text':
      return <Input.TextArea {...input} rows={4} maxLength={maxOf(f)} showCount={Boolean(f.max)} />
    case 'number':
    case 'money':
      return <Input {...input} className="num" inputMode="decimal" placeholder={range(f)} />
    case 'date':
      return <DateInput {...input} />
    case 'time':
      return <Input {...input} type="time" className="num" />
    case 'yes_no':
      return (
        <Choice
          label={text(f.title)}
          value={String(rest.value ?? '')}
          onChange={(v) => rest.onChange?.(v)}
          options={[
            { value: 'yes', label: t('form.yes') },
            { value: 'no', label: t('form.no') },
          ]}
        />
      )
    case 'choice':
      return <Select {...input} options={options} allowClear={!f.required} />
    case 'choices':
      return <Select {...input} options={options} mode="multiple" />
    case 'file':
      return <FilesInput {...input} />
    default:
      return <Input {...input} maxLength={maxOf(f)} />
  }
}

const maxOf = (f: Field): number | undefined => (f.max && f.type !== 'number' ? Number(f.max) : undefined)

const range = (f: Field): string | undefined => (f.min || f.max ? `${f.min ?? ''} – ${f.max ?? ''}` : undefined)

/** A table of rows, each a small form of its own. */
function Rows({ field: f, at, special }: EntryProps) {
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
              <FormFields fields={f.fields ?? []} at={[row.name]} special={special} />
              <Button
                type="text"
                icon={<Trash2 size={14} />}
                aria-label={t('form.remove_row', { n: i + 1 })}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<Plus size={14} />} onClick={() => add({})}>
            {t('form.add_row')}
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}
