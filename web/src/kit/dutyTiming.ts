import type { TFunction } from 'i18next'
import type { Schemas } from '@/api/client'
import { everyText, periodText } from './period'

/** occasionText words what brings a duty that has no cadence: birthday, special(NAME), festival(mid_autumn), fact(contract.until). */
export function occasionText(t: TFunction, occasion: string): string {
  const m = /^([a-z]+)(?:\((.*)\))?$/.exec(occasion)
  if (!m) return occasion
  const [, kind = '', name = ''] = m
  if (kind === 'festival') return t(`occasion.festivals.${name}`, { defaultValue: name })
  if (kind === 'birthday') return t('occasion.birthday')
  if (kind === 'special') return name || t('occasion.special')
  const [fact = '', field] = name.split('.')
  const what = t(`occasion.names.${field ?? fact}`, { defaultValue: field ?? fact })
  if (kind === 'fact' && field)
    return t('occasion.fact_date', { fact: t(`occasion.names.${fact}`, { defaultValue: fact }), field: what })
  return t(`occasion.${kind}`, { name: what, defaultValue: occasion })
}

/** timingText words when a duty of a rulebook comes up. */
export function timingText(t: TFunction, d: Schemas['RuleDutyRule']): string {
  if (d.on?.length) {
    const days = d.on.map((o) => occasionText(t, o)).join(t('occasion.and'))
    return d.before ? t('occasion.before', { days, time: periodText(t, d.before) }) : days
  }
  if (!d.of) return everyText(t, d.every)
  const fact = occasionText(t, d.of_date ? `fact(${d.of}.${d.of_date})` : `fact(${d.of})`)
  const parts = [d.before ? t('occasion.before', { days: fact, time: periodText(t, d.before) }) : fact]
  if (d.within)
    parts.push(
      t(d.within_working_days ? 'occasion.within_working' : 'occasion.within', {
        time: periodText(t, d.within),
        count: Number(/\d+/.exec(d.within)?.[0] ?? 0),
      }),
    )
  return parts.join(t('occasion.comma'))
}
