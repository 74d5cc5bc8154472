import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { allows } from '@/kit/usePermission'
import { useShortcut } from '@/kit/useShortcut'
import { useMe } from './account'
import { type Area, areas } from './areas'

/** useAreas lists the areas that the signed-in person may see. */
export function useAreas(): Area[] {
  const me = useMe()
  return areas.filter((a) => !a.perm || allows(me?.permissions, a.perm))
}

const inArea = (pathname: string, a: Area): boolean =>
  a.path === '/'
    ? pathname === '/'
    : [a.path, ...(a.also ?? [])].some((p) => pathname === p || pathname.startsWith(`${p}/`))

/** The rail at the left: 208 px, or 56 px with icons only. */
export function NavRail() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const [narrow, setNarrow] = useState(() => localStorage.getItem('kezhi.rail') === 'narrow')
  const fold = () => {
    localStorage.setItem('kezhi.rail', narrow ? 'wide' : 'narrow')
    setNarrow(!narrow)
  }
  const list = useAreas()
  const label = t(narrow ? 'app.rail.open' : 'app.rail.close')
  return (
    <aside className={narrow ? 'rail rail-narrow' : 'rail'}>
      <Link to="/" className="brand" aria-label={t('app.name')}>
        <img src="/logo.svg" alt="" width={26} height={26} />
        <b>{t('app.short_name')}</b>
      </Link>
      <nav aria-label={t('app.areas')}>
        {list.map((a) => (
          <RailLink key={a.key} area={a} on={inArea(pathname, a)} narrow={narrow} />
        ))}
      </nav>
      <Tooltip title={narrow ? label : ''} placement="right">
        <button type="button" className="nav rail-fold" aria-label={label} onClick={fold}>
          {narrow ? <PanelLeftOpen size={18} strokeWidth={1.75} /> : <PanelLeftClose size={18} strokeWidth={1.75} />}
          {!narrow && <span>{label}</span>}
        </button>
      </Tooltip>
    </aside>
  )
}

function RailLink({ area, on, narrow }: { area: Area; on: boolean; narrow: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const label = t(`app.area.${area.key}`)
  useShortcut(area.keys, () => void navigate({ to: area.path }), { label, group: t('app.keys.go') })
  return (
    <Tooltip title={narrow ? label : ''} placement="right">
      <Link
        to={area.path}
        className="nav"
        aria-label={narrow ? label : undefined}
        aria-current={on ? 'page' : undefined}
        activeProps={{}}
      >
        {area.icon}
        {!narrow && <span>{label}</span>}
      </Link>
    </Tooltip>
  )
}

/** The bar at the bottom of the phone. */
export function PhoneBar() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const list = useAreas().filter((a) => a.phone)
  return (
    <nav className="phone-bar" aria-label={t('app.areas')}>
      {list.map((a) => (
        <Link
          key={a.key}
          to={a.path}
          className="phone-tab"
          aria-current={inArea(pathname, a) ? 'page' : undefined}
          activeProps={{}}
        >
          {a.icon}
          <span>{t(`app.area.${a.key}`)}</span>
        </Link>
      ))}
    </nav>
  )
}
