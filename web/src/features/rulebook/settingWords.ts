import type { TFunction } from 'i18next'
import type { Schemas } from '@/api/client'
import { decimal } from '@/kit/format'
import { periodText } from '@/kit/period'

type Setting = Schemas['RulebookSettingView']

/** settingText writes a value of a setting by its type. */
export function settingText(t: TFunction, type: Setting['type'], value: string): string {
  if (type === 'boolean') return t(value === 'true' ? 'kit.yes' : 'kit.no')
  if (type === 'period') return periodText(t, value)
  if (type === 'integer' || type === 'decimal') return decimal(value)
  if (type === 'choice') return t(`rulebook.choice.${value}`, { defaultValue: value })
  return value
}

/** changedSettings keeps of what a form holds the values that differ from the defaults. */
export function changedSettings(
  settings: Setting[],
  values: Record<string, string | undefined> | undefined,
): Record<string, string> {
  const out: Record<string, string> = {}
  for (const s of settings) {
    const v = values?.[s.name]?.trim()
    if (v && v !== s.default) out[s.name] = v
  }
  return out
}
