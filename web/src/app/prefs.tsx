import { ConfigProvider } from 'antd'
import type { Locale as AntLocale } from 'antd/es/locale'
import dayjs from 'dayjs'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { useMedia, useMobile } from '@/kit/useMobile'
import { type Density, type MyPrefs, savePrefs } from './account'
import { cspNonce } from './csp'
import { changeLocale, isLocale, type Locale } from './i18n'
import { appTheme } from './theme'

export type ThemeChoice = 'light' | 'dark' | 'system'

/** Preferences of the person in front of the screen. Setters apply at once and are stored on the server when signed in. */
export interface Prefs {
  theme: ThemeChoice
  dark: boolean
  locale: Locale
  density: Density
  setTheme: (t: ThemeChoice) => void
  setLocale: (l: Locale) => void
  setDensity: (d: Density) => void
  /** Takes over what the server knows about the person, without writing it back. */
  adopt: (p: MyPrefs) => void
}

const Ctx = createContext<Prefs | null>(null)

/** usePrefs reads and sets theme, language and density. */
export function usePrefs(): Prefs {
  const v = use(Ctx)
  if (!v) throw new Error('PrefsProvider is missing')
  return v
}

const isTheme = (v: unknown): v is ThemeChoice => v === 'light' || v === 'dark' || v === 'system'
const isDensity = (v: unknown): v is Density => v === 'compact' || v === 'roomy'

function stored<T>(key: string, known: (v: unknown) => v is T, fallback: T): T {
  const v = localStorage.getItem(key)
  return known(v) ? v : fallback
}

/** A failed store is not worth a message: the choice holds on this device and is offered again next time. */
const remember = (p: MyPrefs) => void savePrefs(p).catch(() => undefined)

const antdLocales: Record<Locale, () => Promise<{ default: { antd: AntLocale; dayjs: string } }>> = {
  zh: () => import('./antd-locale-zh'),
  en: () => import('./antd-locale-en'),
}

/** The words of Ant Design's own parts, loaded with the language. */
function useAntdLocale(locale: Locale): AntLocale | undefined {
  const [loaded, setLoaded] = useState<AntLocale>()
  useEffect(() => {
    let current = true
    void antdLocales[locale]().then((m) => {
      if (!current) return
      dayjs.locale(m.default.dayjs)
      setLoaded(m.default.antd)
    })
    return () => {
      current = false
    }
  }, [locale])
  return loaded
}

/** PrefsProvider gives theme, language and density to everything below. */
export function PrefsProvider({ first, children }: { first: Locale; children: ReactNode }) {
  const [theme, putTheme] = useState(() => stored('kezhi.theme', isTheme, 'system'))
  const [density, putDensity] = useState(() => stored('kezhi.density', isDensity, 'compact'))
  const [locale, putLocale] = useState<Locale>(first)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const dark = theme === 'dark' || (theme === 'system' && systemDark)
  const touch = useMobile()
  const antdLocale = useAntdLocale(locale)

  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
  }, [dark])
  useEffect(() => {
    document.documentElement.dataset.density = density
  }, [density])

  const applyLocale = useCallback((l: Locale) => void changeLocale(l).then(() => putLocale(l)), [])
  const applyTheme = useCallback((t: ThemeChoice) => {
    localStorage.setItem('kezhi.theme', t)
    putTheme(t)
  }, [])
  const applyDensity = useCallback((d: Density) => {
    localStorage.setItem('kezhi.density', d)
    putDensity(d)
  }, [])
  const adopt = useCallback(
    (p: MyPrefs) => {
      if (isTheme(p.theme)) applyTheme(p.theme)
      if (isDensity(p.density)) applyDensity(p.density)
      if (isLocale(p.locale)) applyLocale(p.locale)
    },
    [applyTheme, applyDensity, applyLocale],
  )
  const value = useMemo<Prefs>(
    () => ({
      theme,
      dark,
      locale,
      density,
      setTheme: (t) => {
        applyTheme(t)
        remember({ theme: t })
      },
      setLocale: (l) => {
        applyLocale(l)
        remember({ locale: l })
      },
      setDensity: (d) => {
        applyDensity(d)
        remember({ density: d })
      },
      adopt,
    }),
    [theme, dark, locale, density, applyTheme, applyLocale, applyDensity, adopt],
  )
  const config = useMemo(() => appTheme(dark, touch), [dark, touch])
  return (
    <Ctx value={value}>
      <ConfigProvider csp={{ nonce: cspNonce }} locale={antdLocale} theme={config} button={{ autoInsertSpace: false }}>
        {children}
      </ConfigProvider>
    </Ctx>
  )
}
