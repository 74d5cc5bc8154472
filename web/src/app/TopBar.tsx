import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown, type MenuProps, Tooltip } from 'antd'
import { Keyboard, Languages, LogOut, Monitor, Moon, Search, Settings, Sun } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/error'
import { useText } from '@/kit/text'
import { useMobile } from '@/kit/useMobile'
import { signOut, useMe } from './account'
import { type Prefs, type ThemeChoice, usePrefs } from './prefs'

const TaskCentre = lazy(() => import('./TaskCentre'))

/** The bar on top: search, language, theme, tasks, me. */
export function TopBar({ onSearch, onKeys }: { onSearch: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <header className="top">
      {mobile && <img src="/logo.svg" alt="" width={26} height={26} className="top-logo" />}
      <button type="button" className="omni" onClick={onSearch} aria-keyshortcuts="/ Control+K Meta+K">
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <span>{t('app.search')}</span>
        {!mobile && <kbd>{mac ? '⌘K' : 'Ctrl K'}</kbd>}
      </button>
      <span className="grow" />
      {!mobile && <LanguageButton />}
      {!mobile && <ThemeButton />}
      <Suspense fallback={<span className="top-hole" />}>
        <TaskCentre />
      </Suspense>
      <MeMenu onKeys={onKeys} mobile={mobile} />
    </header>
  )
}

function LanguageButton() {
  const { t } = useTranslation()
  const { locale, setLocale } = usePrefs()
  return (
    <Button
      type="text"
      lang={locale === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => setLocale(locale === 'zh' ? 'en' : 'zh')}
    >
      {t('app.other_language')}
    </Button>
  )
}

const themeIcons: Record<ThemeChoice, React.ReactNode> = {
  light: <Sun size={16} strokeWidth={1.75} />,
  dark: <Moon size={16} strokeWidth={1.75} />,
  system: <Monitor size={16} strokeWidth={1.75} />,
}

function themeItems(prefs: Prefs, t: (k: string) => string): NonNullable<MenuProps['items']> {
  return (['light', 'dark', 'system'] as const).map((k) => ({
    key: k,
    icon: themeIcons[k],
    label: t(`app.theme.${k}`),
    onClick: () => prefs.setTheme(k),
  }))
}

function ThemeButton() {
  const { t } = useTranslation()
  const prefs = usePrefs()
  return (
    <Dropdown trigger={['click']} menu={{ items: themeItems(prefs, t), selectedKeys: [prefs.theme] }}>
      <Tooltip title={t('app.theme.title')}>
        <Button type="text" aria-label={t('app.theme.title')} icon={themeIcons[prefs.dark ? 'dark' : 'light']} />
      </Tooltip>
    </Dropdown>
  )
}

function MeMenu({ onKeys, mobile }: { onKeys: () => void; mobile: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const words = useText()
  const unit = me?.unit
  const prefs = usePrefs()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const leave = () =>
    void signOut().then(
      () => navigate({ to: '/sign-in' }),
      (e) => void message.error(errorText(t, e)),
    )
  const other = prefs.locale === 'zh' ? 'en' : 'zh'
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: (
        <span className="me-who">
          <b>{me?.name}</b>
          <small>
            {[me?.login, unit && words({ zh: unit.name_zh, en: unit.name_en })].filter(Boolean).join(' · ')}
          </small>
        </span>
      ),
    },
    { type: 'divider' },
    {
      key: 'settings',
      icon: <Settings size={16} />,
      label: t('app.area.admin'),
      onClick: () => void navigate({ to: '/settings' }),
    },
    ...(mobile
      ? [
          {
            key: 'language',
            icon: <Languages size={16} />,
            label: t('app.other_language'),
            onClick: () => prefs.setLocale(other),
          },
          { key: 'theme', icon: themeIcons[prefs.theme], label: t('app.theme.title'), children: themeItems(prefs, t) },
        ]
      : [{ key: 'keys', icon: <Keyboard size={16} />, label: t('app.keys.title'), extra: '?', onClick: onKeys }]),
    { type: 'divider' },
    { key: 'out', icon: <LogOut size={16} />, label: t('app.sign_out'), onClick: leave },
  ]
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }} rootClassName="me-menu">
      <button type="button" className="avatar" aria-label={t('app.me', { name: me?.name })}>
        {initial(me?.name ?? '')}
      </button>
    </Dropdown>
  )
}

/** initial is what an avatar shows: the given name's last character in Chinese, the first letter otherwise. */
export function initial(name: string): string {
  const n = name.trim()
  return /^[\u4e00-\u9fff]/.test(n) ? n.slice(-1) : n.slice(0, 1).toUpperCase()
}
