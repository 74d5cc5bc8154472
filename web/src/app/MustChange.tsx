import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'

/** Something is to be done about the own account: a password to be changed, a second factor to be set up. */
export default function MustChange({ due }: { due?: string | null }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  if (pathname === '/settings/me') return null
  return (
    <p className="must" role="status">
      {due ? t('admin.me.factor_due') : t('admin.me.must_change')} {due && <DateText value={due} />}{' '}
      <Link to="/settings/me">{t('admin.me.must_do')}</Link>
    </p>
  )
}
