import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'

export const workbenchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',

  component: lazyRouteComponent(withWords(['workbench', 'call', 'owed'], () => import('./WorkbenchPage'))),
})

export const workbenchRoutes = [workbenchRoute] as const
