import { Outlet } from '@tanstack/react-router'
import { App } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Offline } from '@/kit/Offline'
import { useUnsent } from '@/kit/unsent'
import { useMobile } from '@/kit/useMobile'
import { useShortcut } from '@/kit/useShortcut'
import { prefsOf, useMe } from './account'
import { withWords } from './i18n'
import { NavRail, PhoneBar } from './Nav'
import { NewVersion } from './NewVersion'
import { usePrefs } from './prefs'
import { TopBar } from './TopBar'

const Omni = lazy(withWords(['importer', 'job'], () => import('./Omni')))
/** A notice that few see, with words of the settings. */
const MustChange = lazy(withWords(['admin'], () => import('./MustChange')))
/** Only for those whose entries wait on this device; without it nothing is sent, so it is fetched whenever that can be. */
const UnsentBar = lazy(() => whenOnline(withWords(['unsent', 'visit'], () => import('@/features/visit/UnsentBar'))))
const ShortcutList = lazy(() => import('./ShortcutList'))

/** The frame around every page of a signed-in person, with the messages and questions that pages show. */
export default function Shell() {
  return (
    <App component={false}>
      <Frame />
    </App>
  )
}

function Frame() {
  const { t } = useTranslation()
  const mobile = useMobile()
  const me = useMe()
  const unsent = useUnsent()
  const [omni, setOmni] = useState(false)
  const [keys, setKeys] = useState(false)
  useAdoptedPrefs()
  const group = t('app.keys.everywhere')
  useShortcut('mod+k', () => setOmni((on) => !on), { label: t('app.omni.title'), group })
  useShortcut('/', () => setOmni(true), { label: t('app.search'), group })
  useShortcut('?', () => setKeys(true), { label: t('app.keys.title'), group })
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      {!mobile && <NavRail />}
      <TopBar onSearch={() => setOmni(true)} onKeys={() => setKeys(true)} />
      <main id="main" className="main" tabIndex={-1}>
        <Offline />
        <NewVersion />
        <Suspense>{unsent > 0 && <UnsentBar />}</Suspense>
        <Suspense>
          {(me?.must_change_password || me?.factor_due) && (
            <MustChange due={me.must_change_password ? undefined : me.factor_due} />
          )}
        </Suspense>
        <Outlet />
      </main>
      {mobile && <PhoneBar />}
      <Suspense>
        {omni && <Omni onClose={() => setOmni(false)} onKeys={() => setKeys(true)} />}
        {keys && <ShortcutList onClose={() => setKeys(false)} />}
      </Suspense>
    </div>
  )
}

/** whenOnline loads a part of the page; where that fails it tries again when the network is back. */
async function whenOnline<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    await new Promise((back) => window.addEventListener('online', back, { once: true }))
    return whenOnline(load)
  }
}

/** Takes theme, language and density of the signed-in person once they are known. */
function useAdoptedPrefs(): void {
  const me = useMe()
  const { adopt } = usePrefs()
  const id = me?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another person brings other preferences.
  useEffect(() => {
    if (me) adopt(prefsOf(me))
  }, [id, adopt])
}
