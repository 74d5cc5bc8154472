import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '@/app/roots'

export const gradingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading',

  component: lazyRouteComponent(() => import('./GradingPage')),
})

export const gradingRoutes = [gradingRoute] as const
