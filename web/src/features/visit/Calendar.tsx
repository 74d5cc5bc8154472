import { type KeyboardEvent, type TouchEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import type { Duty } from '@/kit/duties'
import { EmptyState } from '@/kit/EmptyState'
import { useText } from '@/kit/text'
import { useMobile } from '@/kit/useMobile'
import { DutyItem, VisitItem } from './CalendarItem'
import type { Visit } from './data'
import { addDays, type CalendarView, dayTitle, weekdayText } from './days'
import { useDrag } from './useDrag'
import { useMove } from './useMove'

type Agenda = Schemas['VisitAgendaView']
type Day = Schemas['VisitDayView']

/** How many entries a day of the month shows before it says how many more there are. */
const IN_MONTH = 4
/** How far a finger goes sideways to turn the page, in pixels. */
const SWIPE_PX = 70

interface Props {
  agenda: Agenda
  view: CalendarView
  on: string
  /** Say who goes. */
  names: boolean
  onDay: (day: string) => void
  onStep: (by: 1 | -1) => void
  onVisit: (id: string) => void
  /** A visit for a duty is to be planned on a day. */
  onPlan: (d: Duty, day: string) => void
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

/** Whether a visit can be planned for a duty: what a whole grade is owed is no visit to one customer. */
export const plannable = (d: Duty): boolean => d.may_do && d.activity === 'visit' && !d.of_grade

/** The days of a view with what is on them. */
export function Calendar(p: Props) {
  const { t, i18n } = useTranslation()
  const mobile = useMobile()
  const move = useMove()
  const box = useRef<HTMLDivElement>(null)
  const focus = useRef<string>(undefined)
  const moveTo = (id: string, day: string) => {
    const v = p.agenda.visits.find((x) => x.id === id)
    if (v) {
      focus.current = id
      void move(v, day)
      return
    }
    const d = p.agenda.duties.find((x) => x.id === id)
    if (d && plannable(d)) p.onPlan(d, day < p.agenda.today ? p.agenda.today : day)
  }
  const { drag, grip, dropped } = useDrag(moveTo)
  // The finger that put something down does not turn the page as well.
  const swipe = useSwipe((by) => !dropped() && p.onStep(by), mobile)
  // What was moved with the keyboard stands in another day now; the focus goes with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other data put things elsewhere.
  useEffect(() => {
    if (focus.current) box.current?.querySelector<HTMLElement>(`[data-item="${focus.current}"]`)?.focus()
    focus.current = undefined
  }, [p.agenda])
  const keys = (e: KeyboardEvent, id: string, day: string) => {
    const by = steps[e.key]
    if (!e.shiftKey || by === undefined) return
    e.preventDefault()
    moveTo(id, addDays(day, by))
  }
  const item = (v: Visit) => (
    <VisitItem
      key={v.id}
      visit={v}
      name={p.names}
      dragged={drag?.id === v.id}
      {...(v.may.includes('move') && { ...grip(v.id), onKeyDown: (e: KeyboardEvent) => keys(e, v.id, v.on) })}
      onOpen={() => !dropped() && p.onVisit(v.id)}
    />
  )
  const duty = (d: Duty) => (
    <DutyItem
      key={d.id}
      duty={d}
      name={p.names}
      dragged={drag?.id === d.id}
      {...(plannable(d) && grip(d.id))}
      onPlan={
        plannable(d)
          ? () => !dropped() && p.onPlan(d, d.due_on < p.agenda.today ? p.agenda.today : d.due_on)
          : undefined
      }
    />
  )
  const entries = (day: string) => [
    ...p.agenda.visits
      .filter((v) => v.on === day)
      .sort((a, b) => a.from.localeCompare(b.from))
      .map(item),
    ...p.agenda.duties.filter((d) => d.due_on === day).map(duty),
  ]
  const days = p.agenda.days
  return (
    <>
      {p.agenda.more && <p className="muted">{t('agenda.more')}</p>}
      <div ref={box} className={`cal cal-of-${p.view}${drag ? ' cal-dragging' : ''}`} {...swipe}>
        {p.view === 'month' && <Weekdays days={days} locale={i18n.language} />}
        {days.map((d) => (
          <DayBox
            key={d.on}
            day={d}
            view={p.view}
            mobile={mobile}
            today={p.agenda.today}
            outside={p.view === 'month' && d.on.slice(0, 7) !== p.on.slice(0, 7)}
            over={drag?.over === d.on}
            entries={entries(d.on)}
            onDay={() => p.onDay(d.on)}
          />
        ))}
      </div>
      <p className="muted cal-hint">{t('agenda.hint')}</p>
    </>
  )
}

function Weekdays({ days, locale }: { days: Day[]; locale: string }) {
  return days.slice(0, 7).map((d) => (
    <span key={d.on} className="cal-weekday muted" aria-hidden>
      {weekdayText(d.on, locale)}
    </span>
  ))
}

interface DayProps {
  day: Day
  view: CalendarView
  mobile: boolean
  today: string
  /** Of another month. */
  outside: boolean
  /** Something is held over it. */
  over: boolean
  entries: React.ReactNode[]
  onDay: () => void
}

function DayBox({ day: d, view, mobile, today, outside, over, entries, onDay }: DayProps) {
  const { t, i18n } = useTranslation()
  const text = useText()
  const month = view === 'month'
  const classes = ['cal-day']
  if (!d.working) classes.push('cal-off')
  if (d.away) classes.push('cal-away')
  if (d.on === today) classes.push('cal-today')
  if (outside) classes.push('cal-outside')
  if (over) classes.push('cal-over')
  const shown = month ? (mobile ? [] : entries.slice(0, IN_MONTH)) : entries
  const rest = entries.length - shown.length
  const title = month
    ? String(Number(d.on.slice(8)))
    : `${dayTitle(d.on, i18n.language)} ${weekdayText(d.on, i18n.language)}`
  const full = `${dayTitle(d.on, i18n.language)} ${weekdayText(d.on, i18n.language)}`
  return (
    <section className={classes.join(' ')} data-day={d.on} aria-label={full}>
      <header className="cal-head">
        {view === 'day' ? (
          <b className="num">{title}</b>
        ) : (
          <button
            type="button"
            className="cal-date num"
            aria-label={t('agenda.open_day', { day: full })}
            onClick={onDay}
          >
            {title}
          </button>
        )}
        <span className="cal-name">{d.away ? t('agenda.away') : text(d.name)}</span>
      </header>
      {shown.length > 0 && <ul className="cal-items">{shown}</ul>}
      {rest > 0 && (
        <button type="button" className="cal-more num" onClick={onDay}>
          {t(mobile ? 'agenda.count' : 'agenda.rest', { n: rest })}
        </button>
      )}
      {view === 'day' && entries.length === 0 && (
        <EmptyState title={t(d.working ? 'agenda.empty' : 'agenda.empty_off')} hint={t('agenda.empty_hint')} />
      )}
    </section>
  )
}

/** useSwipe turns the page by a finger's stroke to the side. */
function useSwipe(onStep: (by: 1 | -1) => unknown, on: boolean) {
  const from = useRef<{ x: number; y: number }>(undefined)
  if (!on) return {}
  return {
    onTouchStart: (e: TouchEvent) => {
      const one = e.touches[0]
      from.current = e.touches.length === 1 && one ? { x: one.clientX, y: one.clientY } : undefined
    },
    onTouchEnd: (e: TouchEvent) => {
      const end = e.changedTouches[0]
      const start = from.current
      from.current = undefined
      if (!start || !end || e.defaultPrevented) return
      const dx = end.clientX - start.x
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(end.clientY - start.y)) onStep(dx < 0 ? 1 : -1)
    },
  }
}
