import { useTranslation } from 'react-i18next'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades, useSchemes } from '@/kit/grades'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import type { Case } from './data'

const tones: Record<Case['status'], StatusTone> = {
  running: 'active',
  paused: 'warn',
  ended: 'ok',
  withdrawn: 'neutral',
}

/** Where a case stands, in words; an ended one says how. */
export function CaseStatus({ of: c }: { of: Case }) {
  const { t } = useTranslation()
  const text = useText()
  if (c.stuck) return <StatusDot label={t('procedure.stuck')} tone="bad" />
  const title = c.outcome?.title
  const label = c.status === 'ended' && title ? text(title) : t(`procedure.status.${c.status}`)
  const tone = c.status === 'ended' && !c.good ? 'neutral' : tones[c.status]
  return <StatusDot label={label} tone={tone} />
}

/** The priority of a case that comes in its turn; below it stand those of customers that come first. */
const ORDINARY = 9

/** The mark of a case that comes before others. */
export function First({ of: c }: { of: Case }) {
  const { t } = useTranslation()
  return c.priority < ORDINARY && <span className="first">{t('procedure.first')}</span>
}

const HOUR_S = 3600
const DAY_S = 86_400

/** useRemaining gives what remains of a limit in words: days beyond two of them, else hours. */
export function useRemaining(): (seconds: number) => string {
  const { t } = useTranslation()
  return (seconds) => {
    const late = seconds < 0
    const s = Math.abs(seconds)
    const n = s >= 2 * DAY_S ? Math.floor(s / DAY_S) : Math.max(1, Math.floor(s / HOUR_S))
    const unit = s >= 2 * DAY_S ? 'days' : 'hours'
    return t(`procedure.clock.${late ? 'late' : 'left'}_${unit}`, { count: n })
  }
}

/** When something must be done, with what remains; red once it has passed. */
export function Due({ at, over }: { at: string; over?: boolean }) {
  const remaining = useRemaining()
  const { moment } = useMoment()
  if (!at) return <span className="none">—</span>
  const seconds = (Date.parse(at) - Date.now()) / 1000
  if (over) return <span className="num">{moment(at)}</span>
  return (
    <span className={seconds < 0 ? 'due due-late' : seconds < DAY_S ? 'due due-near' : 'due'}>
      <time className="num" dateTime={at}>
        {moment(at)}
      </time>{' '}
      <small>{remaining(seconds)}</small>
    </span>
  )
}

/** useMoment writes an instant as day and time of day. */
export function useMoment(): { moment: (at: string) => string } {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(i18n.language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
  return { moment: (at) => (at ? format.format(new Date(at)) : '—') }
}

/** The grade of the customer of a case; nothing when the customer has none. */
export function CaseGrade({ of: c, scheme }: { of: Case; scheme?: string }) {
  const { data } = useSchemes()
  const grade = useGrades()
  const code = c.customer?.grade
  const known = (data?.items ?? []).filter((s) => s.scheme.labels?.some((l) => l.code === code && l.graded))
  const own = known.find((s) => s.scheme.id === scheme) ?? known[0]
  if (!code || !own) return null
  const g = grade(own.scheme.id, code)
  return <GradeTag label={g.label} tone={g.tone} />
}

/** An amount with its currency, as the server wrote it. */
export function Amount({ of: c }: { of: Case }) {
  const { num } = useFormat()
  if (!c.amount) return null
  return (
    <span className="num">
      {c.currency} {num(c.amount)}
    </span>
  )
}
