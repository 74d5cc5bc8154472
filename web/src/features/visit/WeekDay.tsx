import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { daysBetween, useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { unagreed, VisitState } from './data'
import { dayTitle, weekdayText } from './days'
import type { Acts, Proposal, ProposedDay } from './useProposals'

interface Props {
  day: ProposedDay
  today: string
  /** The days a proposal may be put on. */
  days: ProposedDay[]
  /** Undefined for those who only look. */
  acts: Acts | undefined
}

/** A day of the proposed week; days that are over, or off with nothing on them, are left out. */
export function WeekDay({ day: d, today, days, acts }: Props) {
  const { t, i18n } = useTranslation()
  const text = useText()
  const none = d.fixed.length + d.proposed.length === 0
  if (none && (d.on < today || !d.working || d.away)) return null
  const note = d.away ? t('agenda.away') : text(d.name)
  return (
    <div className="week-day">
      <Panel
        flush
        title={`${dayTitle(d.on, i18n.language)} ${weekdayText(d.on, i18n.language)}`}
        extra={note && <span className="muted">{note}</span>}
      >
        {none && <p className="muted week-none">{t('week.free')}</p>}
        <ul>
          {d.fixed.map((v) => (
            <li key={v.id} className="week-row">
              <span className="week-who">
                <AreaLink to={`/visits/calendar?open=${v.id}`}>{v.customer.name}</AreaLink>
                <span className="week-why">{[v.from, v.purpose].filter(Boolean).join(' · ')}</span>
              </span>
              {unagreed(v) && v.needs_appointment ? (
                <StatusDot label={t('visit.make_appointment')} tone="warn" />
              ) : (
                <VisitState of={v} />
              )}
            </li>
          ))}
          {d.proposed.map((p) => (
            <Row key={p.duty.id} proposal={p} day={d} days={days} today={today} acts={acts} />
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function Row({ proposal: p, day, days, today, acts }: Props & { proposal: Proposal }) {
  const { t, i18n } = useTranslation()
  const grade = useGrades()
  const text = useText()
  const refused = acts?.failed[p.duty.id]
  return (
    <li className="week-row">
      <span className="week-who">
        <span className="row">
          <CustomerLink id={p.customer.id}>{p.customer.name}</CustomerLink>
          <GradeTag {...grade(p.duty.scheme, p.duty.grade)} />
          <span className="muted">{text(p.duty.title)}</span>
          {p.duty.appointment && <StatusDot label={t('visit.make_appointment')} tone="warn" />}
        </span>
        <Why of={p} today={today} />
        {refused && (
          <span className="refused" role="alert">
            {refused}
          </span>
        )}
      </span>
      {acts && (
        <span className="week-acts">
          <select
            aria-label={t('week.put', { name: p.customer.name })}
            value={day.on}
            onChange={(e) => acts.put(p, e.target.value)}
          >
            {days
              .filter((d) => d.on >= today || d.on === day.on)
              .map((d) => (
                <option key={d.on} value={d.on}>
                  {`${dayTitle(d.on, i18n.language)} ${weekdayText(d.on, i18n.language)}`}
                </option>
              ))}
          </select>
          <Button aria-label={t('week.drop_of', { name: p.customer.name })} onClick={() => acts.drop(p)}>
            {t('week.drop')}
          </Button>
          <Button
            aria-label={t('week.accept_of', { name: p.customer.name })}
            disabled={acts.busy}
            onClick={() => void acts.accept([p])}
          >
            {t('week.accept')}
          </Button>
        </span>
      )}
    </li>
  )
}

/** Why a visit stands where it does: when it is due, what is near. */
function Why({ of: p, today }: { of: Proposal; today: string }) {
  const { t } = useTranslation()
  const { num, relativeDay } = useFormat()
  const due = p.overdue
    ? t('week.overdue', { n: daysBetween(p.duty.due_on, today) })
    : t('week.due', { day: relativeDay(p.duty.due_on, today) })
  const near = p.near !== 'none' && t(`week.near.${p.near}`, { name: p.near_to })
  const metres = near && p.near_m !== null ? t('week.metres', { n: num(p.near_m) }) : ''
  return (
    <span className="week-why">
      <span>{due}</span>
      {near && <span>{near + metres}</span>}
      {!near && p.customer.address && <span>{p.customer.address}</span>}
    </span>
  )
}

/** What found no place in the week, and why. */
export function LeftOver({ left, today }: { left: Schemas['VisitNotProposedView'][]; today: string }) {
  const { t } = useTranslation()
  const { relativeDay } = useFormat()
  if (left.length === 0) return null
  return (
    <div className="week-day">
      <Panel flush title={t('week.left')}>
        <ul>
          {left.map(({ duty: d, why }) => (
            <li key={d.id} className="week-row">
              <span className="week-who">
                <CustomerLink id={d.customer.id}>{d.customer.name}</CustomerLink>
                <span className="week-why">
                  <span>{t('week.due', { day: relativeDay(d.due_on, today) })}</span>
                  <span>{t(`week.why.${why}`, { from: d.window_from })}</span>
                </span>
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
