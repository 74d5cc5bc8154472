import { useTranslation } from 'react-i18next'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Customer } from './data'

const tones: Record<Customer['status'], StatusTone> = {
  prospect: 'active',
  active: 'ok',
  dormant: 'warn',
  lost: 'neutral',
}

/** The state of a customer; an archived one says only that. */
export function CustomerStatus({ status, archived }: { status: string; archived?: boolean }) {
  const { t } = useTranslation()
  if (archived) return <StatusDot label={t('customer.archived')} />
  return <StatusDot label={t(`customer.status.${status}`)} tone={tones[status as Customer['status']]} />
}

/** The grade of a customer under one scheme; nothing when it has none. */
export function Grade({ grades, scheme }: { grades: Customer['grades']; scheme: string }) {
  const words = useGrades()
  const g = grades.find((x) => x.scheme === scheme)
  return g ? <GradeTag {...words(g.scheme, g.code)} /> : null
}

/** The grade to show where there is room for one: that of the first scheme that gives one. */
export function FirstGrade({ grades }: { grades: Customer['grades'] }) {
  const words = useGrades()
  const g = grades.find((x) => x.code !== '')
  return g ? <GradeTag {...words(g.scheme, g.code)} /> : null
}

/** A telephone number as people read it: mainland mobiles in groups, the country code left out; others as they are. */
export function phoneText(e164: string): string {
  const [number = '', extension] = e164.split(';ext=')
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(number)
  const shown = mobile ? `${mobile[1]} ${mobile[2]} ${mobile[3]}` : number.replace(/^\+86/, '0')
  return extension ? `${shown}-${extension}` : shown
}

/** A number that can be dialled on a touch. */
export function Phone({ number }: { number: string }) {
  if (!number) return null
  return (
    <a className="link num" href={`tel:${number.replace(';ext=', ',')}`}>
      {phoneText(number)}
    </a>
  )
}

/** The tags of a customer. */
export function Tags({ tags }: { tags: string[] }) {
  return tags.map((x) => (
    <span key={x} className="tag">
      {x}
    </span>
  ))
}
