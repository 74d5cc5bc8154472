import { useTranslation } from 'react-i18next'

/** What is shown where there is nothing. */
export const NONE = '—'

/** Decimal places of a currency's minor unit (ISO 4217); two where the list is silent. */
const places: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, BHD: 3, KWD: 3, OMR: 3 }
const signs: Record<string, string> = { CNY: '¥', JPY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$' }

/** minorPlaces is the number of decimals of a currency. */
export const minorPlaces = (currency: string): number => places[currency] ?? 2

/** sign is the symbol of a currency, or its code and a space. */
export const sign = (currency: string): string => signs[currency] ?? `${currency} `

/** group puts thousands separators into a run of digits. */
const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** decimal formats a plain decimal text with separators, keeping every digit; no float is involved. */
export function decimal(text: string): string {
  const m = /^(-?)(\d+)(\.\d+)?$/.exec(text.trim())
  return m ? `${m[1] ? '−' : ''}${group(m[2] ?? '')}${m[3] ?? ''}` : text
}

/** exactMoney formats minor units exactly: `123456` in CNY is `1,234.56`. */
export function exactMoney(minor: string | number | bigint, currency: string): string {
  return decimal(majorText(BigInt(minor), minorPlaces(currency)))
}

/** majorText writes minor units as a decimal text of major units. */
function majorText(minor: bigint, decimals: number): string {
  const negative = minor < 0n
  const digits = (negative ? -minor : minor).toString().padStart(decimals + 1, '0')
  const cut = digits.length - decimals
  return `${negative ? '-' : ''}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ''}`
}

interface Step {
  power: number
  zh?: string
  en?: string
}
const steps: Step[] = [
  { power: 12, zh: '万亿', en: 'T' },
  { power: 9, en: 'B' },
  { power: 8, zh: '亿' },
  { power: 6, en: 'M' },
  { power: 4, zh: '万' },
]

/**
 * short gives a figure in the unit people read it in: 万 and 亿 in Chinese, M and B in English, two
 * decimals, half to even away from no float. Below the first unit it is the exact figure.
 */
export function short(
  minor: string | number | bigint,
  decimals: number,
  locale: string,
): { text: string; exact: boolean } {
  const value = BigInt(minor)
  const size = value < 0n ? -value : value
  for (const s of steps) {
    const unit = locale === 'zh' ? s.zh : s.en
    if (!unit || size < 10n ** BigInt(s.power + decimals)) continue
    const hundredths = roundHalfEven(size, 10n ** BigInt(s.power + decimals - 2))
    const text = `${value < 0n ? '−' : ''}${decimal(majorText(hundredths, 2))}`
    return { text: locale === 'zh' ? `${text} ${unit}` : `${text}${unit}`, exact: false }
  }
  return { text: decimal(majorText(value, decimals)), exact: true }
}

/** roundHalfEven divides two positive integers and rounds a tie to the even neighbour. */
function roundHalfEven(n: bigint, unit: bigint): bigint {
  const q = n / unit
  const twice = (n % unit) * 2n
  return twice > unit || (twice === unit && q % 2n === 1n) ? q + 1n : q
}

/** percent writes a decimal text as a share: `0.033673` with 2 places is `3.37%`; digits are rounded half to even. */
export function percent(share: string | number, decimalsShown = 2): string {
  const m = /^(-?)(\d*)(?:\.(\d*))?$/.exec(typeof share === 'number' ? share.toFixed(12) : share.trim())
  if (!m) return NONE
  const fraction = (m[3] ?? '').padEnd(decimalsShown + 2, '0')
  const scaled = BigInt(`${m[2] || '0'}${fraction}`)
  const rounded = roundHalfEven(scaled, 10n ** BigInt(fraction.length - 2 - decimalsShown))
  return `${m[1] && rounded > 0n ? '−' : ''}${decimal(majorText(rounded, decimalsShown))}%`
}

/** Whether a text is a civil date `YYYY-MM-DD`. */
export const isCivil = (v: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(v)

/** MICROS is the number of microseconds in a millisecond. */
export const MICROS = 1000

/** toDate turns a moment into a Date: RFC 3339, or microseconds since 1970 (number or text). */
export const toDate = (moment: number | string): Date =>
  typeof moment === 'string' && moment.includes('T') ? new Date(moment) : new Date(Math.floor(Number(moment) / MICROS))

const two = (n: number): string => String(n).padStart(2, '0')

/** civil is the date of an instant in the browser's zone, `YYYY-MM-DD`. */
export const civil = (d: Date): string => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`

/** clockTime is the time of day of an instant in the browser's zone, `HH:MM`. */
export const clockTime = (d: Date): string => `${two(d.getHours())}:${two(d.getMinutes())}`

/** daysBetween counts civil days from `a` to `b`; negative when b is earlier. */
export function daysBetween(a: string, b: string): number {
  const at = (v: string) => Date.UTC(Number(v.slice(0, 4)), Number(v.slice(5, 7)) - 1, Number(v.slice(8, 10)))
  return Math.round((at(b) - at(a)) / 86_400_000)
}

/** useFormat binds the formatters to the language of the page. */
export function useFormat() {
  const { i18n, t } = useTranslation()
  const locale = i18n.language
  return {
    locale,
    /** Exact money with its sign. */
    money: (minor: string | number | bigint | null | undefined, currency = 'CNY') =>
      minor == null ? NONE : `${sign(currency)}${exactMoney(minor, currency)}`,
    /** Money in 万/亿 (M/B), for figures and charts. */
    moneyShort: (minor: string | number | bigint | null | undefined, currency = 'CNY') =>
      minor == null ? NONE : `${sign(currency)}${short(minor, minorPlaces(currency), locale).text}`,
    /** A count or a plain decimal text with separators. */
    num: (v: string | number | null | undefined) => (v == null ? NONE : decimal(String(v))),
    percent,
    /** today, tomorrow, yesterday, else the date itself. */
    relativeDay: (day: string, today: string) => {
      const n = daysBetween(today, day)
      if (n === 0) return t('kit.day.today')
      if (n === 1) return t('kit.day.tomorrow')
      if (n === -1) return t('kit.day.yesterday')
      return day
    },
  }
}
