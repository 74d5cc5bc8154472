import type { TFunction } from 'i18next'

export type PeriodUnit = 'D' | 'W' | 'M' | 'Y'
export const periodUnits: readonly PeriodUnit[] = ['D', 'W', 'M', 'Y']

/** readPeriod reads an ISO period of one unit (`P3M`, `P7D`); undefined for anything else. */
export function readPeriod(iso: string): { n: number; unit: PeriodUnit } | undefined {
  const m = /^P(\d+)([DWMY])$/.exec(iso)
  return m ? { n: Number(m[1]), unit: m[2] as PeriodUnit } : undefined
}

/** periodText writes an ISO period in words: 3 个月, 12 小时; what is not one unit is shown as it is. */
export function periodText(t: TFunction, iso: string): string {
  const hours = /^PT(\d+)H$/.exec(iso)
  if (hours) return t('kit.period.H', { count: Number(hours[1]) })
  const p = readPeriod(iso)
  return p ? t(`kit.period.${p.unit}`, { count: p.n }) : iso
}

/** everyText writes a cadence: 每 3 个月. */
export function everyText(t: TFunction, iso: string): string {
  const p = readPeriod(iso)
  if (!p) return iso
  return p.n === 1 ? t(`kit.period.each_${p.unit}`) : t('kit.period.every', { period: periodText(t, iso) })
}
