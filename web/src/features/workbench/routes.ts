import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '@/app/roots'

export const workbenchRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',

  component: lazyRouteComponent(() => import('./WorkbenchPage')),
})

export const workbenchRoutes = [workbenchRoute] as const
