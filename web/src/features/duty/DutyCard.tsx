import { useTranslation } from 'react-i18next'
import { dutyOf } from '@/kit/DutyCustomer'
import type { Duty } from '@/kit/duties'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { useText } from '@/kit/text'
import { CallLink, type DutyActions, DutyButton, DutyState } from './columns'

/** A duty on the phone: who, what, when, a tap to call, a tap to do. */
export function DutyCard({
  duty: d,
  today,
  onOpen,
  ...actions
}: { duty: Duty; today: string; onOpen: () => void } & DutyActions) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  const { relativeDay } = useFormat()
  return (
    <>
      <div className="card-row">
        <button type="button" className="card-link" onClick={onOpen}>
          {dutyOf(t, d)}
        </button>
        <GradeTag {...grade(d.scheme, d.grade)} />
      </div>
      <span>{text(d.title)}</span>
      <div className="card-row">
        <DutyState duty={d} />
        <span className="muted num">{t('owed.due', { day: relativeDay(d.due_on, today) })}</span>
      </div>
      <div className="card-row">
        <CallLink duty={d} />
        <DutyButton duty={d} {...actions} />
      </div>
    </>
  )
}
