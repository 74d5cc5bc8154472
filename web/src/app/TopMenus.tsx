import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown, type MenuProps, Tooltip } from 'antd'
import { Keyboard, Languages, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { errorText } from '@/api/error'
import { useOpened } from '@/kit/OnPress'
import { useText } from '@/kit/text'
import { useMayLeave } from '@/kit/unsent'
import { signOut, useMe } from './account'
import { initial } from './initial'
import { type Prefs, type ThemeChoice, usePrefs } from './prefs'

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

/** The choice of light, dark, or as the system has it. */
export function ThemeButton() {
  const { t } = useTranslation()
  const prefs = usePrefs()
  const { button, menu } = useOpened()
  return (
    <Dropdown trigger={['click']} menu={{ items: themeItems(prefs, t), selectedKeys: [prefs.theme] }} {...menu}>
      <Tooltip title={menu.open ? '' : t('app.theme.title')}>
        <Button
          ref={button}
          type="text"
          aria-label={t('app.theme.title')}
          icon={themeIcons[prefs.dark ? 'dark' : 'light']}
        />
      </Tooltip>
    </Dropdown>
  )
}

/** Who is signed in, and what is theirs. */
export function MeMenu({ onKeys, mobile }: { onKeys: () => void; mobile: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const words = useText()
  const unit = me?.unit
  const prefs = usePrefs()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const mayLeave = useMayLeave()
  const leave = async () => {
    if (!(await mayLeave())) return
    await signOut().then(
      () => navigate({ to: '/sign-in' }),
      (e) => void message.error(errorText(t, e)),
    )
  }
  const { button, menu } = useOpened()
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
    { key: 'out', icon: <LogOut size={16} />, label: t('app.sign_out'), onClick: () => void leave() },
  ]
  return (
    <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }} rootClassName="me-menu" {...menu}>
      <button ref={button} type="button" className="avatar" aria-label={t('app.me', { name: me?.name })}>
        {initial(me?.name ?? '')}
      </button>
    </Dropdown>
  )
}
