import { Button } from 'antd'
import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { DutyCustomer, dutyOf } from '@/kit/DutyCustomer'
import { type Duty, type DutyChanged, isOwed, useUndoDuty } from '@/kit/duties'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { phoneText } from '@/kit/phone'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { Assumed, Clause } from '@/kit/Why'
import type { DutyTab } from './routes'

/** What a list of duties can do with one. */
export interface DutyActions {
  onDo: (d: Duty) => void
  onWaive: (d: Duty) => void
  onChanged: DutyChanged
}

const tones: Record<Duty['state'], StatusTone> = {
  open: 'active',
  missed: 'bad',
  kept: 'ok',
  late: 'warn',
  waived: 'neutral',
  dropped: 'neutral',
}

/** The state of a duty in words; what is overdue says by how many days. */
export function DutyState({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  const label = d.state === 'missed' ? t('duty.overdue_days', { count: d.days_overdue }) : t(`duty.state.${d.state}`)
  return <StatusDot label={label} tone={tones[d.state]} />
}

/** Do it, or take it back. */
export function DutyButton({ duty: d, onDo, onChanged }: { duty: Duty } & DutyActions) {
  const { t } = useTranslation()
  const text = useText()
  const undo = useUndoDuty(onChanged)
  if (isOwed(d) && d.may_do)
    return (
      <Button size="small" aria-label={`${t('owed.do')} ${dutyOf(t, d)} ${text(d.title)}`} onClick={() => onDo(d)}>
        {t('owed.do')}
      </Button>
    )
  if (d.undo_until && Date.parse(d.undo_until) > Date.now())
    return (
      <Button
        size="small"
        type="text"
        aria-label={`${t('owed.undo')} ${dutyOf(t, d)} ${text(d.title)}`}
        onClick={() =>
          void undo(d, { ...d, state: d.state === 'late' ? 'missed' : 'open', undo_until: '', may_do: true })
        }
      >
        {t('owed.undo')}
      </Button>
    )
  return null
}

/** The number to call; a tap calls. */
export function CallLink({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  if (!d.customer.phone) return <span className="none">—</span>
  return (
    <a
      className="call num"
      href={`tel:${d.customer.phone}`}
      aria-label={t('owed.call', { phone: phoneText(d.customer.phone) })}
    >
      <Phone size={13} aria-hidden />
      {phoneText(d.customer.phone)}
    </a>
  )
}

/** useDutyColumns gives the columns of a tab: what is owed shows when, what is settled shows what became of it. */
export function useDutyColumns(today: string, tab: DutyTab, actions: DutyActions): Column<Duty>[] {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  const { relativeDay } = useFormat()
  const settled = tab === 'done' || tab === 'missed'
  const columns: Column<Duty>[] = [
    {
      key: 'customer',
      title: t('duty.customer'),
      width: 216,
      fixed: true,
      locked: true,
      render: (d) => <DutyCustomer duty={d} />,
    },
    { key: 'what', title: t('duty.what'), width: 160, render: (d) => text(d.title) },
    {
      key: 'due',
      title: t('duty.due'),
      width: 104,
      render: (d) => <span className="num">{relativeDay(d.due_on, today)}</span>,
    },
    { key: 'state', title: t('duty.state.title'), width: 136, render: (d) => <DutyState duty={d} /> },
    { key: 'grade', title: t('duty.grade'), width: 88, render: (d) => <GradeTag {...grade(d.scheme, d.grade)} /> },
    {
      key: 'owner',
      title: t('duty.owner'),
      width: 88,
      optional: settled,
      render: (d) => d.owner_name || <span className="none">{t('duty.nobody')}</span>,
    },
    { key: 'phone', title: t('duty.phone'), width: 136, optional: settled, render: (d) => <CallLink duty={d} /> },
    {
      key: 'clause',
      title: t('duty.clause'),
      width: 140,
      optional: settled,
      render: (d) => (
        <>
          <Clause clause={d.clause} />
          {d.assumed && <Assumed />}
        </>
      ),
    },
    {
      key: 'done_on',
      title: t('duty.done_on'),
      width: 116,
      optional: !settled,
      render: (d) => <span className="num">{d.done_on || '—'}</span>,
    },
    { key: 'done_by', title: t('duty.done_by'), width: 100, optional: !settled, render: (d) => d.done_by_name || '—' },
    { key: 'note', title: t('duty.note'), width: 240, optional: !settled, render: (d) => d.note || d.reason || '—' },
    {
      key: 'do',
      title: t('duty.settle'),
      width: 84,
      locked: true,
      render: (d) => <DutyButton duty={d} {...actions} />,
    },
  ]
  return columns
}
