import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { CustomerLink } from './CustomerLink'
import type { Duty } from './duties'
import { everyText, periodText } from './period'

/** occasionText words what brings a duty that has no cadence: birthday, festival(mid_autumn), fact(contract.until). */
export function occasionText(t: TFunction, occasion: string): string {
  const m = /^([a-z]+)(?:\(([^)]*)\))?$/.exec(occasion)
  if (!m) return occasion
  const [, kind = '', name = ''] = m
  if (kind === 'festival') return t(`kit.occasion.festivals.${name}`, { defaultValue: name })
  if (kind === 'birthday') return t('kit.occasion.birthday')
  const [fact = '', field] = name.split('.')
  const what = t(`kit.occasion.names.${field ?? fact}`, { defaultValue: field ?? fact })
  if (kind === 'fact' && field)
    return t('kit.occasion.fact_date', { fact: t(`kit.occasion.names.${fact}`, { defaultValue: fact }), field: what })
  return t(`kit.occasion.${kind}`, { name: what, defaultValue: occasion })
}

/** timingText words when a duty of a rulebook comes up. */
export function timingText(t: TFunction, d: Schemas['RuleDutyRule']): string {
  if (d.on?.length) {
    const days = d.on.map((o) => occasionText(t, o)).join(t('kit.occasion.and'))
    return d.before ? t('kit.occasion.before', { days, time: periodText(t, d.before) }) : days
  }
  if (!d.of) return everyText(t, d.every)
  const fact = occasionText(t, d.of_date ? `fact(${d.of}.${d.of_date})` : `fact(${d.of})`)
  const parts = [d.before ? t('kit.occasion.before', { days: fact, time: periodText(t, d.before) }) : fact]
  if (d.within)
    parts.push(
      t(d.within_working_days ? 'kit.occasion.within_working' : 'kit.occasion.within', {
        time: periodText(t, d.within),
        count: Number(/\d+/.exec(d.within)?.[0] ?? 0),
      }),
    )
  return parts.join(t('kit.occasion.comma'))
}

/** dutyOf names whom a duty is owed to: the customer, or all customers of the grade together. */
export function dutyOf(t: TFunction, d: Duty): string {
  return d.of_grade ? t('kit.duty.whole_grade', { grade: d.grade }) : d.customer.name
}

/** Whom a duty is owed to, with the way to its record. */
export function DutyCustomer({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  if (d.of_grade) return <span>{dutyOf(t, d)}</span>
  return <CustomerLink id={d.customer.id}>{d.customer.name}</CustomerLink>
}
