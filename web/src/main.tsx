import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'virtual:antd.css'
import './app/tokens.css'
import './app/frame.css'
import './kit/kit.css'
import './kit/table.css'
import './kit/record.css'
import './kit/matrix.css'
import './app/print.css'
import { meQuery } from './app/account'
import { giveNonceToStyles } from './app/csp'
import { firstLocale, startI18n } from './app/i18n'
import { PrefsProvider } from './app/prefs'
import { queryClient } from './app/queryClient'
import { router } from './app/router'
import { SessionDialog } from './app/SessionDialog'
import { keepApp, reloadOnceForNewBuild } from './app/startup'

giveNonceToStyles()
reloadOnceForNewBuild()
keepApp()

/** Fetches the person and the page's code at the same time, so that neither waits for the other. */
function preload(): void {
  const { pathname } = window.location
  if (['/sign-in', '/setup', '/public'].includes(pathname)) return
  void queryClient.prefetchQuery(meQuery)
  for (const m of router.matchRoutes(router.latestLocation)) {
    const route = router.routesById[m.routeId as keyof typeof router.routesById]
    void router.loadRouteChunk(route)
  }
}

async function start(): Promise<void> {
  preload()
  const locale = firstLocale()
  await startI18n(locale)
  const root = document.getElementById('root')
  if (!root) throw new Error('no #root')
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <PrefsProvider first={locale}>
          <RouterProvider router={router} />
          <SessionDialog />
        </PrefsProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
