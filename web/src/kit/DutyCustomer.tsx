import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { CustomerLink } from './CustomerLink'
import type { Duty } from './duties'

/** dutyOf names whom a duty is owed to: the customer, or all customers of the grade together. */
export function dutyOf(t: TFunction, d: Duty): string {
  return d.of_grade ? t('owed.whole_grade', { grade: d.grade }) : d.customer.name
}

/** Whom a duty is owed to, with the way to its record. */
export function DutyCustomer({ duty: d }: { duty: Duty }) {
  const { t } = useTranslation()
  if (d.of_grade) return <span>{dutyOf(t, d)}</span>
  return <CustomerLink id={d.customer.id}>{d.customer.name}</CustomerLink>
}
