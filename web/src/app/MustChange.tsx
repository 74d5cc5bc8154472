import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** An administrator gave the person a password that is to be changed. */
export default function MustChange() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  if (pathname === '/settings/me') return null
  return (
    <p className="must" role="status">
      {t('admin.me.must_change')} <Link to="/settings/me">{t('admin.me.must_do')}</Link>
    </p>
  )
}
