import { Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { periodUnits, readPeriod } from '@/kit/period'
import { shownFigure, writtenFigure } from './words'

const WRITE_AFTER_MS = 300

interface TextProps {
  label: string
  value: string
  onChange: (value: string) => void
  disabled?: boolean
  long?: boolean
  figure?: boolean
  code?: boolean
  placeholder?: string
}

/** A text that is written shortly after the last key, at the latest when it is left. */
export function TextInput(p: TextProps) {
  const shown = p.figure ? shownFigure(p.value) : p.value
  const [typed, setTyped] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const send = (text: string) => {
    clearTimeout(timer.current)
    const value = p.figure ? writtenFigure(text) : text
    if (value !== p.value) p.onChange(value)
  }
  const props = {
    'aria-label': p.label,
    value: typed ?? shown,
    disabled: p.disabled,
    placeholder: p.placeholder,
    size: 'small' as const,
    className: p.figure || p.code ? 'num' : undefined,
    onChange: (e: { target: { value: string } }) => {
      const text = e.target.value
      setTyped(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => send(text), WRITE_AFTER_MS)
    },
    onBlur: () => {
      if (typed !== undefined) send(typed)
      setTyped(undefined)
    },
  }
  if (p.long) return <Input.TextArea {...props} rows={2} />
  return <Input {...props} inputMode={p.figure ? 'decimal' : undefined} />
}

/** A choice among words; `free` lets other words be typed. */
export function WordSelect(p: {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
  clear?: boolean
  free?: boolean
  placeholder?: string
}) {
  const known = p.options.some((o) => o.value === p.value) || p.value === ''
  const options = known ? p.options : [{ value: p.value, label: p.value }, ...p.options]
  if (p.free)
    return (
      <WordsSelect
        label={p.label}
        values={p.value ? [p.value] : []}
        options={options}
        onChange={(v) => p.onChange(v.at(-1))}
        free
      />
    )
  return (
    <Select
      size="small"
      aria-label={p.label}
      value={p.value || undefined}
      allowClear={p.clear}
      placeholder={p.placeholder}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(v?: string) => p.onChange(v)}
    />
  )
}

/** Several words; `free` lets other words be typed. */
export function WordsSelect(p: {
  label: string
  values: string[]
  options: { value: string; label: string }[]
  onChange: (values: string[]) => void
  free?: boolean
}) {
  const more = p.values.filter((v) => !p.options.some((o) => o.value === v)).map((v) => ({ value: v, label: v }))
  return (
    <Select
      size="small"
      mode={p.free ? 'tags' : 'multiple'}
      aria-label={p.label}
      value={p.values}
      options={[...p.options, ...more]}
      optionFilterProp="label"
      tokenSeparators={p.free ? [',', '，', '、'] : undefined}
      popupMatchSelectWidth={false}
      onChange={(v: string[]) => p.onChange(v)}
    />
  )
}

/** A period of one unit; `{name}` of a setting and longer periods are typed as they are. */
export function PeriodInput(p: { label: string; value: string; onChange: (v: string) => void }) {
  const { t } = useTranslation()
  const now = readPeriod(p.value)
  if (!now) return <TextInput label={p.label} value={p.value} onChange={p.onChange} code placeholder="P1M" />
  return (
    <span className="edit-period">
      <TextInput
        label={p.label}
        value={String(now.n)}
        figure
        onChange={(v) => /^\d+$/.test(v) && Number(v) > 0 && p.onChange(`P${Number(v)}${now.unit}`)}
      />
      <Select
        size="small"
        aria-label={`${p.label} ${t('rulebook.settings.unit')}`}
        value={now.unit}
        onChange={(unit) => p.onChange(`P${now.n}${unit}`)}
        options={periodUnits.map((u) => ({ value: u, label: t(`rulebook.settings.unit_${u}`) }))}
      />
    </span>
  )
}

/** Yes, no, or nothing said. */
export function YesSelect(p: { label: string; value: string; onChange: (v: string | undefined) => void }) {
  const { t } = useTranslation()
  const options = [
    { value: 'true', label: t('kit.yes') },
    { value: 'false', label: t('kit.no') },
  ]
  return <WordSelect label={p.label} value={p.value} options={options} onChange={p.onChange} clear />
}
