import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '@/app/roots'
import { listSearch } from '@/app/search'

export const customerListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./CustomerListPage')),
})

export const customerRoutes = [customerListRoute] as const
