import type { TFunction } from 'i18next'

const months = ['正月', '二月', '三月', '四月', '五月', '六月', '七月', '八月', '九月', '十月', '冬月', '腊月']
const digits = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const TEN = 10
const TWENTY = 20
const THIRTY = 30
/** A leap year, so that every day of a month exists. */
const LEAP_YEAR = 2000

export interface Yearly {
  lunar: boolean
  year: number
  month: number
  day: number
}

/** lunarDay names a day of a lunar month: 初八, 十五, 廿一, 三十. */
export function lunarDay(day: number): string {
  if (day === TWENTY || day === THIRTY) return `${digits[day / TEN]}十`
  const lead = day <= TEN ? '初' : day < TWENTY ? '十' : '廿'
  return lead + digits[day % TEN]
}

/** lunarMonth names a lunar month. */
export const lunarMonth = (month: number): string => months[month - 1] ?? String(month)

/** monthName and dayName are how months and days are offered for choice. */
export const monthName = (locale: string, lunar: boolean, month: number): string =>
  locale === 'zh' ? (lunar ? lunarMonth(month) : `${month}月`) : String(month)
export const dayName = (locale: string, lunar: boolean, day: number): string =>
  locale === 'zh' ? (lunar ? lunarDay(day) : `${day}日`) : String(day)

/** daysIn is how many days a month may have. */
export const daysIn = (lunar: boolean, month: number): number =>
  lunar ? THIRTY : new Date(Date.UTC(LEAP_YEAR, month, 0)).getUTCDate()

/** yearlyText writes a day that comes back every year. */
export function yearlyText(t: TFunction, locale: string, d: Yearly): string {
  const day =
    locale === 'zh'
      ? monthName(locale, d.lunar, d.month) + dayName(locale, d.lunar, d.day)
      : d.lunar
        ? t('special.lunar_day', { day: d.day, month: d.month })
        : new Date(Date.UTC(LEAP_YEAR, d.month - 1, d.day)).toLocaleDateString('en-GB', {
            day: 'numeric',
            month: 'long',
            timeZone: 'UTC',
          })
  const said = d.lunar ? t('special.by_lunar', { day }) : day
  return d.year ? t('special.since', { day: said, year: d.year }) : said
}
