import { Button } from 'antd'
import { Moon, Search, Sun } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { OnPress } from '@/kit/OnPress'
import { useMobile } from '@/kit/useMobile'
import { useMe } from './account'
import { initial } from './initial'
import { usePrefs } from './prefs'

const TaskCentre = lazy(() => import('./TaskCentre'))
const ThemeButton = lazy(() => import('./TopMenus').then((m) => ({ default: m.ThemeButton })))
const MeMenu = lazy(() => import('./TopMenus').then((m) => ({ default: m.MeMenu })))

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
      {!mobile && <Theme />}
      <Suspense fallback={<span className="top-hole" />}>
        <TaskCentre />
      </Suspense>
      <Mine onKeys={onKeys} mobile={mobile} />
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

function Theme() {
  const { t } = useTranslation()
  const { dark } = usePrefs()
  const title = t('app.theme.title')
  const sign = dark ? <Moon size={16} strokeWidth={1.75} /> : <Sun size={16} strokeWidth={1.75} />
  return (
    <OnPress button={(press) => <Button type="text" aria-label={title} title={title} icon={sign} onClick={press} />}>
      <ThemeButton />
    </OnPress>
  )
}

function Mine({ onKeys, mobile }: { onKeys: () => void; mobile: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <OnPress
      button={(press) => (
        <button type="button" className="avatar" aria-label={t('app.me', { name: me?.name })} onClick={press}>
          {initial(me?.name ?? '')}
        </button>
      )}
    >
      <MeMenu onKeys={onKeys} mobile={mobile} />
    </OnPress>
  )
}
