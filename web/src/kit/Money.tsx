import { Tooltip } from 'antd'
import { minorOf } from './filters'
import { decimal, exactMoney, minorPlaces, NONE, short, sign, useFormat } from './format'

/**
 * An amount in minor units. `short` shows 万/亿 (M/B) with the exact figure on hover and focus;
 * `bare` leaves the currency sign to the column header.
 */
export function Money(p: {
  minor: string | number | bigint | null | undefined
  currency?: string
  short?: boolean
  bare?: boolean
}) {
  const { locale } = useFormat()
  const currency = p.currency ?? 'CNY'
  if (p.minor == null) return <span className="num none">{NONE}</span>
  const prefix = p.bare ? '' : sign(currency)
  const exact = `${prefix}${exactMoney(p.minor, currency)}`
  const brief = short(p.minor, minorPlaces(currency), locale)
  if (!p.short || brief.exact) return <span className="num">{exact}</span>
  return (
    <Tooltip title={exact}>
      <span className="num">
        {prefix}
        {brief.text}
      </span>
    </Tooltip>
  )
}

/** An amount as the API writes it, a decimal text of major units. Otherwise like Money. */
export function Amount({
  value,
  currency = 'CNY',
  ...rest
}: {
  value: string
  currency?: string
  short?: boolean
  bare?: boolean
}) {
  return <Money minor={minorOf(value, minorPlaces(currency)) || null} currency={currency} {...rest} />
}

/** A count or a decimal text, with separators and an optional unit after it. */
export function Num({ value, unit }: { value: string | number | null | undefined; unit?: string }) {
  if (value == null || value === '') return <span className="num none">{NONE}</span>
  return (
    <span className="num">
      {decimal(String(value))}
      {unit && <span className="unit">{unit}</span>}
    </span>
  )
}
