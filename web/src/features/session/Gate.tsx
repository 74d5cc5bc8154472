import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePrefs } from '@/app/prefs'
import { useTitle } from '@/kit/Page'

const chain = ['fact', 'measure', 'verdict', 'duty', 'evidence'] as const

/** The page in front of the application: what Kezhi does at the left, a form at the right. */
export function Gate({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  const { t } = useTranslation()
  const { locale, setLocale } = usePrefs()
  useTitle(title)
  return (
    <div className="gate">
      <aside className="gate-brand">
        <div className="gate-name">
          <img src="/logo.svg" alt="" width={32} height={32} />
          <b>{t('app.name')}</b>
        </div>
        <div className="gate-pitch">
          <p className="gate-line">{t('session.pitch')}</p>
          <ol className="gate-chain">
            {chain.map((k) => (
              <li key={k}>
                <b>{t(`session.chain.${k}.name`)}</b>
                <span>{t(`session.chain.${k}.text`)}</span>
              </li>
            ))}
          </ol>
        </div>
        <p className="gate-foot">{t('session.foot')}</p>
      </aside>
      <main className="gate-main">
        <div className="gate-tools">
          <Button
            type="text"
            lang={locale === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => setLocale(locale === 'zh' ? 'en' : 'zh')}
          >
            {t('app.other_language')}
          </Button>
        </div>
        <div className="gate-box">
          <img src="/logo.svg" alt="" width={40} height={40} className="gate-logo" />
          <h1>{title}</h1>
          <p className="muted">{hint}</p>
          {children}
        </div>
      </main>
    </div>
  )
}
