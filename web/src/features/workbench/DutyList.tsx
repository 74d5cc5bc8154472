import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CalendarPlus, Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { DutyCustomer, dutyOf } from '@/kit/DutyCustomer'
import { type Duty, type DutyChanged, isOwed, useUndoDuty } from '@/kit/duties'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { dayText, type Workbench, weekEnd } from './settle'

interface Props {
  view: Workbench
  fresh: boolean
  whose: 'mine' | 'unit'
  onDo: (d: Duty) => void
  onChanged: DutyChanged
}

/** My duties by urgency: overdue, today, the rest of the week. */
export function DutyList({ view: w, fresh, whose, ...actions }: Props) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const urgent = w.overdue.length + w.due_today.length + w.due_next.length + w.due_week.length
  const shown = new Set(w.due_next.map((d) => d.id))
  const next = useNext(urgent, whose).filter((d) => !shown.has(d.id))
  const nextInWeek = w.due_next.filter((d) => isOwed(d) && d.due_on <= weekEnd(w.today)).length
  const nothing = urgent + next.length === 0
  return (
    <Panel
      title={t(whose === 'unit' ? 'workbench.duties_unit' : 'workbench.duties')}
      extra={
        <Link className="text-button" to="/service" search={{ whose: whose === 'unit' ? 'all' : 'mine' }}>
          {t('workbench.all_duties')}
        </Link>
      }
      flush
    >
      {nothing ? (
        <EmptyState
          title={t('workbench.nothing_due')}
          hint={t(fresh ? 'workbench.nothing_due_fresh' : 'workbench.nothing_due_hint')}
          actions={
            <Link to="/service" search={{ tab: 'upcoming', whose: 'mine' }}>
              <Button>{t('workbench.see_upcoming')}</Button>
            </Link>
          }
        />
      ) : (
        <>
          <Group whose={whose} tab="overdue" rows={w.overdue} total={w.counts.overdue} today={w.today} {...actions} />
          <Group whose={whose} tab="today" rows={w.due_today} total={w.counts.today} today={w.today} {...actions} />
          {w.next_day && w.due_next.length > 0 && (
            <Group
              whose={whose}
              tab="upcoming"
              title={t('workbench.next_day', { day: dayText(w.next_day, locale) })}
              rows={w.due_next}
              total={w.due_next.length}
              today={w.today}
              {...actions}
            />
          )}
          <Group
            whose={whose}
            tab="week"
            rows={w.due_week}
            total={w.counts.week - w.counts.today - nextInWeek}
            today={w.today}
            {...actions}
          />
          <Group whose={whose} tab="upcoming" rows={next} total={0} today={w.today} {...actions} />
        </>
      )}
    </Panel>
  )
}

const ROOM = 8

/** useNext gives what follows after this week while the urgent duties leave room for it. */
function useNext(urgent: number, whose: 'mine' | 'unit'): Duty[] {
  const may = usePermission('duty.read')
  const { data } = api.useQuery(
    'get',
    '/api/v1/duties',
    { params: { query: { mine: whose === 'mine', bucket: 'upcoming', limit: ROOM } } },
    { enabled: may && urgent < ROOM },
  )
  return urgent < ROOM ? (data?.items.slice(0, ROOM - urgent) ?? []) : []
}

interface GroupProps extends Pick<Props, 'onDo' | 'onChanged' | 'whose'> {
  tab: 'overdue' | 'today' | 'week' | 'upcoming'
  rows: Duty[]
  /** How many are still owed, beyond those shown. */
  total: number
  today: string
  /** Instead of the tab's own. */
  title?: string
}

function Group({ tab, rows, total, today, title, whose, ...actions }: GroupProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  if (rows.length === 0) return null
  const shown = rows.filter(isOwed).length
  return (
    <section className="due" aria-label={title ?? t(`workbench.${tab}`)}>
      <h3 className={tab === 'overdue' ? 'due-head due-bad' : 'due-head'}>
        {title ?? t(tab === 'week' ? 'workbench.later_week' : `workbench.${tab}`)}{' '}
        {total > 0 && <span className="num">{num(total)}</span>}
      </h3>
      <ul>
        {rows.map((d) => (
          <DutyRow key={d.id} duty={d} today={today} owner={whose === 'unit'} {...actions} />
        ))}
      </ul>
      {total > shown && (
        <Link className="due-more" to="/service" search={{ tab, whose: whose === 'unit' ? 'all' : 'mine' }}>
          {t('workbench.more', { n: num(total - shown) })}
        </Link>
      )}
    </section>
  )
}

function DutyRow({
  duty: d,
  today,
  owner,
  onDo,
  onChanged,
}: { duty: Duty; today: string; owner: boolean } & Pick<Props, 'onDo' | 'onChanged'>) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  const { relativeDay } = useFormat()
  const undo = useUndoDuty(onChanged)
  const navigate = useNavigate()
  const done = !isOwed(d)
  return (
    <li className={done ? 'due-row due-done' : 'due-row'}>
      <div className="due-who">
        <span className="due-name">
          <DutyCustomer duty={d} />
          <GradeTag {...grade(d.scheme, d.grade)} />
        </span>
        <span className="muted">
          {[text(d.title), owner && (d.owner_name || t('workbench.escalated.nobody'))].filter(Boolean).join(' · ')}
        </span>
      </div>
      <span className="due-when">
        {done ? (
          <StatusDot label={t('workbench.done')} tone="ok" />
        ) : d.state === 'missed' ? (
          <StatusDot label={t('workbench.overdue_days', { count: d.days_overdue })} tone="bad" />
        ) : (
          <span className="muted num">{relativeDay(d.due_on, today)}</span>
        )}
      </span>
      <span className="due-act">
        {d.customer.phone && !done && (
          <Button
            type="text"
            href={`tel:${d.customer.phone}`}
            aria-label={t('owed.call', { phone: `${d.customer.name} ${d.customer.phone}` })}
            title={d.customer.phone}
            icon={<Phone size={15} strokeWidth={1.75} />}
          />
        )}
        {!done && d.may_do && d.activity === 'visit' && !d.of_grade && (
          <Button
            type="text"
            aria-label={`${t('workbench.visits.plan')} ${d.customer.name}`}
            title={t('workbench.visits.plan')}
            icon={<CalendarPlus size={15} strokeWidth={1.75} />}
            onClick={() => void navigate({ href: `/visits?plan=${d.customer.id}&duty=${d.id}` })}
          />
        )}
        {!done && d.may_do && (
          <Button aria-label={`${t('owed.do')} ${dutyOf(t, d)} ${text(d.title)}`} onClick={() => onDo(d)}>
            {t('owed.do')}
          </Button>
        )}
        {done && d.undo_until && (
          <Button
            type="text"
            aria-label={`${t('owed.undo')} ${dutyOf(t, d)} ${text(d.title)}`}
            onClick={() => void undo(d, owedAgain(d, today))}
          >
            {t('owed.undo')}
          </Button>
        )}
      </span>
    </li>
  )
}

/** What a duty was before it was done, until the server says so. */
const owedAgain = (d: Duty, today: string): Duty => ({
  ...d,
  state: d.due_on < today ? 'missed' : 'open',
  undo_until: '',
  may_do: true,
})
