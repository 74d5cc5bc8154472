import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '@/app/roots'

export const dutyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service',

  component: lazyRouteComponent(() => import('./DutyPage')),
})

export const dutyRoutes = [dutyRoute] as const
