import { useTranslation } from 'react-i18next'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Standing } from './routes'

const tones: Record<Standing, StatusTone> = {
  overdue: 'bad',
  expired: 'bad',
  todo: 'active',
  expiring: 'warn',
  valid: 'ok',
}

/** How somebody stands to a course, in words. */
export function StandingDot({ of }: { of: Standing }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`training.standing.${of}`)} tone={tones[of]} />
}
