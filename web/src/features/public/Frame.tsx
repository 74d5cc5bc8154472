import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePrefs } from '@/app/prefs'
import './public.css'

/** The page around it: the name, the language, nothing of the application. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { locale, setLocale } = usePrefs()
  return (
    <div className="public">
      <header className="public-head">
        <button type="button" className="public-name" onClick={() => void navigate({ to: '/public', search: {} })}>
          <img src="/logo.svg" alt="" width={24} height={24} />
          <b>{t('public.name')}</b>
        </button>
        <Button
          type="text"
          lang={locale === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => setLocale(locale === 'zh' ? 'en' : 'zh')}
        >
          {t('app.other_language')}
        </Button>
      </header>
      <main id="main" className="public-main">
        {children}
      </main>
      <footer className="public-foot muted">{t('public.privacy')}</footer>
    </div>
  )
}
