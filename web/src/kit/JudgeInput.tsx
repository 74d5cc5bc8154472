import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useText } from './text'

/** What is judged: answers to choose from, or points between two bounds. */
export interface Judged {
  item: string
  title: { zh: string; en: string }
  values: { code: string; title: { zh: string; en: string } }[]
  low: string
  high: string
}

interface Props {
  item: Judged
  /** Points as a decimal, or a code; empty while nobody has judged. */
  value: string
  onChange: (value: string) => void
  disabled?: boolean
  /** In a line of a list. */
  small?: boolean
}

/** isFitting tells whether points are a number within the bounds; an empty text fits. */
export function isFitting(j: Pick<Judged, 'values' | 'low' | 'high'>, value: string): boolean {
  if (value === '' || j.values.length > 0) return true
  if (!/^-?\d+(\.\d+)?$/.test(value)) return false
  const n = Number(value)
  return n >= Number(j.low) && n <= Number(j.high)
}

/** The input for one judgement: a choice, or points with their bounds beside them. */
export function JudgeInput({ item, value, onChange, disabled, small }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const label = text(item.title) || item.item
  if (item.values.length > 0)
    return (
      <Select
        aria-label={label}
        className="judge-input"
        size={small ? 'small' : undefined}
        disabled={disabled}
        allowClear
        value={value || undefined}
        onChange={(v) => onChange(v ?? '')}
        options={item.values.map((v) => ({ value: v.code, label: text(v.title) || v.code }))}
      />
    )
  return (
    <Input
      aria-label={label}
      className="judge-input num"
      size={small ? 'small' : undefined}
      inputMode="decimal"
      disabled={disabled}
      status={isFitting(item, value) ? undefined : 'error'}
      value={value}
      suffix={<span className="muted">{t('kit.judge.range', { low: item.low, high: item.high })}</span>}
      onChange={(e) => onChange(e.target.value.normalize('NFKC').trim())}
    />
  )
}
