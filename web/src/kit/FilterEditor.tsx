import { Button, Checkbox, Input, Select } from 'antd'
import { type FormEvent, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Filter, type FilterField, isComplete, majorOf, minorOf, type Op, operators, spans } from './filters'

interface Props {
  field: FilterField
  filter: Filter
  onApply: (f: Filter) => void
}

/** The small form behind a filter chip: operator, value, apply. */
export default function FilterEditor({ field, filter, onApply }: Props) {
  const { t } = useTranslation()
  const [op, setOp] = useState<Op>(filter.op)
  const [values, setValues] = useState(filter.values)
  const next: Filter = { field: field.key, op, values: op === 'empty' || op === 'not_empty' ? [] : values }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (isComplete(next)) onApply(next)
  }
  const changeOp = (o: Op) => {
    if ((o === 'within') !== (op === 'within') || o === 'empty' || o === 'not_empty') setValues([])
    setOp(o)
  }
  const ops = operators(field)
  return (
    <form className="filter-editor" onSubmit={submit} aria-label={field.label}>
      <div className="filter-head">
        <b>{field.label}</b>
        {ops.length > 1 && (
          <Select<Op>
            size="small"
            variant="filled"
            aria-label={t('kit.filter.operator')}
            value={op}
            onChange={changeOp}
            options={ops.map((o) => ({ value: o, label: t(`kit.op.${o}`) }))}
          />
        )}
      </div>
      <Values field={field} op={op} values={values} onChange={setValues} />
      <Button type="primary" size="small" htmlType="submit" disabled={!isComplete(next)}>
        {t('kit.filter.apply')}
      </Button>
    </form>
  )
}

interface ValuesProps {
  field: FilterField
  op: Op
  values: string[]
  onChange: (v: string[]) => void
}

function Values({ field, op, values, onChange }: ValuesProps) {
  const { t } = useTranslation()
  if (op === 'empty' || op === 'not_empty') return null
  if (field.editor) {
    const Editor = field.editor
    return (
      <Suspense fallback={<div className="filter-choices" />}>
        <Editor values={values} onChange={onChange} />
      </Suspense>
    )
  }
  if (field.kind === 'choice')
    return <Choices single={field.single} options={field.options ?? []} values={values} onChange={onChange} />
  if (field.kind === 'yes')
    return (
      <Choices
        single
        options={['true', 'false'].map((v) => ({ value: v, label: t(v === 'true' ? 'kit.yes' : 'kit.no') }))}
        values={values}
        onChange={onChange}
      />
    )
  if (op === 'within')
    return (
      <Choices
        single
        options={spans.map((s) => ({ value: s, label: t(`kit.span.${s}`) }))}
        values={values}
        onChange={onChange}
      />
    )
  const at = (i: number) => (v: string) =>
    onChange(op === 'between' ? [i === 0 ? v : (values[0] ?? ''), i === 1 ? v : (values[1] ?? '')] : [v])
  return (
    <div className="filter-range">
      <One
        field={field}
        label={op === 'between' ? t('kit.filter.from') : field.label}
        value={values[0] ?? ''}
        onChange={at(0)}
      />
      {op === 'between' && <One field={field} label={t('kit.filter.to')} value={values[1] ?? ''} onChange={at(1)} />}
    </div>
  )
}

function One({
  field,
  label,
  value,
  onChange,
}: {
  field: FilterField
  label: string
  value: string
  onChange: (v: string) => void
}) {
  const [typed, setTyped] = useState(field.kind === 'money' ? majorOf(value) : value)
  const type = field.kind === 'date' ? 'date' : 'text'
  const change = (text: string) => {
    setTyped(text)
    if (field.kind === 'money') onChange(minorOf(text))
    else if (field.kind === 'number')
      onChange(/^-?\d+(\.\d+)?$/.test(text.normalize('NFKC').trim()) ? text.normalize('NFKC').trim() : '')
    else onChange(text)
  }
  return (
    <Input
      type={type}
      inputMode={field.kind === 'number' || field.kind === 'money' ? 'decimal' : undefined}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(e) => change(e.target.value)}
    />
  )
}

const SEARCH_FROM = 9

function Choices(p: {
  options: { value: string; label: string }[]
  values: string[]
  onChange: (v: string[]) => void
  single?: boolean
}) {
  const { t } = useTranslation()
  const [find, setFind] = useState('')
  const shown = p.options.filter((o) => o.label.toLowerCase().includes(find.toLowerCase()))
  const flip = (v: string) => {
    if (p.single) return p.onChange(p.values[0] === v ? [] : [v])
    p.onChange(p.values.includes(v) ? p.values.filter((x) => x !== v) : [...p.values, v])
  }
  return (
    <>
      {p.options.length >= SEARCH_FROM && (
        <Input
          size="small"
          value={find}
          aria-label={t('kit.filter.find')}
          placeholder={t('kit.filter.find')}
          onChange={(e) => setFind(e.target.value)}
        />
      )}
      <div className="filter-choices">
        {shown.map((o) => (
          <Checkbox key={o.value} checked={p.values.includes(o.value)} onChange={() => flip(o.value)}>
            {o.label}
          </Checkbox>
        ))}
      </div>
    </>
  )
}
