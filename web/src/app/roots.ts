import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { asApiError } from '@/api/error'
import { meQuery } from './account'
import { NotFound, RouteError } from './Fallbacks'
import { withWords } from './i18n'
import { queryClient } from './queryClient'

/** The root of all routes. */
export const rootRoute = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteError })

/** Everything behind the sign-in: it has the frame around it and a signed-in person (`useMe`). */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery)
    } catch (e) {
      if (asApiError(e).status !== 401) throw e
      throw redirect({ to: '/sign-in', search: { next: location.href === '/' ? undefined : location.href } })
    }
  },
  component: lazyRouteComponent(() => import('./Shell')),
  errorComponent: RouteError,
})

/** Where no page lives, inside the frame. */
export const nowhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound })

/** The settings: the list of their pages beside the page. Their features hang their pages below it. */
export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(withWords(['admin'], () => import('./SettingsFrame'))),
})
