import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { periodUnits, readPeriod } from '@/kit/period'
import { useText } from '@/kit/text'
import { settingText } from './settingWords'

type Setting = Schemas['RulebookSettingView']

/** The inputs of a rulebook's settings, each by its type; their form names are `settings.<name>`. */
export function SettingItems({ settings }: { settings: Setting[] }) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <>
      {settings.map((s) => (
        <Form.Item
          key={s.name}
          name={['settings', s.name]}
          label={text(s.title) || s.name}
          extra={
            s.assumed
              ? t('rulebook.settings.default_assumed', { value: settingText(t, s.type, s.default) })
              : t('rulebook.settings.default_is', { value: settingText(t, s.type, s.default) })
          }
        >
          <SettingInput setting={s} />
        </Form.Item>
      ))}
    </>
  )
}

interface InputProps {
  id?: string
  value?: string
  onChange?: (v: string) => void
  setting: Setting
}

function SettingInput({ id, value = '', onChange, setting: s }: InputProps) {
  const { t } = useTranslation()
  if (s.type === 'boolean' || s.type === 'choice') {
    const values = s.type === 'boolean' ? ['true', 'false'] : s.choices
    return (
      <Select
        id={id}
        value={value}
        onChange={onChange}
        options={values.map((v) => ({ value: v, label: settingText(t, s.type, v) }))}
      />
    )
  }
  if (s.type === 'period') return <PeriodInput id={id} value={value} onChange={onChange} />
  const mode = s.type === 'integer' ? 'numeric' : s.type === 'text' ? 'text' : 'decimal'
  return <Input id={id} value={value} inputMode={mode} className="num" onChange={(e) => onChange?.(e.target.value)} />
}

/** A number and its unit; an ISO period of several units is typed as it is. */
function PeriodInput({ id, value = '', onChange }: Omit<InputProps, 'setting'>) {
  const { t } = useTranslation()
  const p =
    readPeriod(value) ??
    (value === '' || /^P[DWMY]$/.test(value) ? { n: undefined, unit: value.slice(-1) || 'M' } : undefined)
  if (!p) return <Input id={id} value={value} className="num" onChange={(e) => onChange?.(e.target.value)} />
  return (
    <div className="period">
      <Input
        id={id}
        inputMode="numeric"
        className="num"
        value={p.n}
        onChange={(e) => onChange?.(`P${e.target.value.replace(/\D/g, '')}${p.unit}`)}
      />
      <Select
        aria-label={t('rulebook.settings.unit')}
        value={p.unit}
        onChange={(unit) => onChange?.(`P${p.n ?? ''}${unit}`)}
        options={periodUnits.map((u) => ({ value: u, label: t(`rulebook.settings.unit_${u}`) }))}
      />
    </div>
  )
}
