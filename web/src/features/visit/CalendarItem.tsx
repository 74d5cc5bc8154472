import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DutyCustomer, dutyOf } from '@/kit/DutyCustomer'
import type { Duty } from '@/kit/duties'
import { useText } from '@/kit/text'
import type { Visit } from './data'

interface Held {
  dragged: boolean
  /** Say who goes. */
  name: boolean
  onPointerDown?: (e: PointerEvent) => void
}

/** A visit on its day. */
export function VisitItem({
  visit: v,
  dragged,
  name,
  onOpen,
  ...held
}: Held & { visit: Visit; onOpen: () => void; onKeyDown?: (e: KeyboardEvent) => void }) {
  const { t } = useTranslation()
  const state = t(`visit.states.${v.state}`)
  const classes = `cal-item cal-visit cal-${v.state}${dragged ? ' cal-dragged' : ''}${held.onPointerDown ? ' cal-held' : ''}`
  return (
    <li className={classes}>
      <button
        type="button"
        data-item={v.id}
        aria-keyshortcuts={
          held.onKeyDown ? 'Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown' : undefined
        }
        title={`${v.customer.name} · ${v.purpose} · ${state}`}
        onClick={onOpen}
        {...held}
      >
        <span className="cal-line">
          {v.from && <span className="num">{v.from}</span>} <b>{v.customer.name}</b>
        </span>
        <small className="cal-line">{[state, name ? v.owner_name : v.purpose].join(' · ')}</small>
      </button>
    </li>
  )
}

/** A duty on the day it comes due; where it asks for a visit, pressing it plans one. */
export function DutyItem({ duty: d, dragged, name, onPlan, ...held }: Held & { duty: Duty; onPlan?: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const title = text(d.title)
  const under = [t(d.state === 'missed' ? 'agenda.overdue' : 'agenda.due'), title, name && d.owner_name]
    .filter(Boolean)
    .join(' · ')
  const classes = `cal-item cal-duty${d.state === 'missed' ? ' cal-missed' : ''}${dragged ? ' cal-dragged' : ''}`
  if (!onPlan)
    return (
      <li className={classes} title={under}>
        <span className="cal-line">
          <DutyCustomer duty={d} />
        </span>
        <small className="cal-line">{under}</small>
      </li>
    )
  return (
    <li className={`${classes} cal-held`}>
      <button
        type="button"
        data-item={d.id}
        title={t('agenda.plan_for', { name: dutyOf(t, d) })}
        onClick={onPlan}
        {...held}
      >
        <span className="cal-line">
          <b>{dutyOf(t, d)}</b>
        </span>
        <small className="cal-line">{under}</small>
      </button>
    </li>
  )
}
