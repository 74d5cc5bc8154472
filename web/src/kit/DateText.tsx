import { Tooltip } from 'antd'
import { civil, clockTime, isCivil, NONE, toDate } from './format'

/**
 * A civil date (`YYYY-MM-DD`) or an instant (RFC 3339, or microseconds since 1970). An instant shows its date, with
 * `time` also the time of day; the full instant is on hover.
 */
export function DateText({ value, time }: { value: string | number | null | undefined; time?: boolean }) {
  if (value == null || value === '') return <span className="num none">{NONE}</span>
  if (typeof value === 'string' && isCivil(value)) {
    return (
      <time className="num" dateTime={value}>
        {value}
      </time>
    )
  }
  const d = toDate(value)
  const full = `${civil(d)} ${clockTime(d)}`
  const shown = (
    <time className="num" dateTime={d.toISOString()}>
      {time ? full : civil(d)}
    </time>
  )
  return time ? shown : <Tooltip title={full}>{shown}</Tooltip>
}
