import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '@/app/roots'

export const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',

  component: lazyRouteComponent(() => import('./SettingsPage')),
})

export const adminRoutes = [settingsRoute] as const
