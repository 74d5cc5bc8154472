import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { allows } from '@/kit/usePermission'
import { useMe } from './account'

interface Entry {
  key: string
  path: string
  /** Shown only to people with this permission. */
  perm?: string
}

const entries: Entry[] = [
  { key: 'me', path: '/settings/me' },
  { key: 'users', path: '/settings/users', perm: 'user.manage' },
  { key: 'units', path: '/settings/units', perm: 'user.manage' },
  { key: 'posts', path: '/settings/posts', perm: 'procedure.manage' },
  { key: 'roles', path: '/settings/roles', perm: 'user.manage' },
  { key: 'sign_in', path: '/settings/sign-in', perm: 'user.manage' },
  { key: 'fields', path: '/settings/fields', perm: 'customer.fields' },
  { key: 'rates', path: '/settings/rates', perm: 'rulebook.read' },
  { key: 'public', path: '/settings/public', perm: 'system.manage' },
  { key: 'channels', path: '/settings/channels', perm: 'system.manage' },
  { key: 'audit', path: '/settings/audit', perm: 'audit.read' },
  { key: 'backup', path: '/settings/backup', perm: 'system.manage' },
  { key: 'keys', path: '/settings/keys', perm: 'system.manage' },
  { key: 'system', path: '/settings/system', perm: 'system.manage' },
  { key: 'events', path: '/settings/events', perm: 'system.manage' },
  { key: 'about', path: '/settings/about' },
]

/** The pages of the settings with their list: at the left, or above on the phone. */
export default function SettingsFrame() {
  const { t } = useTranslation()
  const me = useMe()
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen entry changes with the path.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView?.({ inline: 'center', block: 'nearest' })
  }, [pathname])
  return (
    <div className="settings">
      <nav ref={nav} className="settings-nav" aria-label={t('admin.nav')}>
        {entries
          .filter((e) => !e.perm || allows(me?.permissions, e.perm))
          .map((e) => (
            <Link
              key={e.key}
              to={e.path}
              aria-current={pathname.startsWith(e.path) ? 'page' : undefined}
              activeProps={{}}
            >
              {t(`admin.page.${e.key}`)}
            </Link>
          ))}
      </nav>
      <div className="settings-page">
        <Outlet />
      </div>
    </div>
  )
}
