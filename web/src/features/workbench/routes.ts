import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search } from '@/app/search'

/** What the workbench keeps in the URL: of whom it speaks, if not of the person. */
export interface WorkbenchSearch {
  whose?: 'unit'
}

export const workbenchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: (s: Search): WorkbenchSearch => ({ whose: oneOf(s.whose, ['unit'] as const) }),
  component: lazyRouteComponent(withWords(['workbench', 'call', 'owed'], () => import('./WorkbenchPage'))),
})

export const workbenchRoutes = [workbenchRoute] as const
