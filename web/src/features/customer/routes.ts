import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { settingsRoute, shellRoute } from '@/app/roots'
import { listSearch, type Search, text } from '@/app/search'

export const customerListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers',
  validateSearch: listSearch,
  component: lazyRouteComponent(withWords(['customer'], () => import('./CustomerListPage'))),
})

/** What the record page keeps in the URL: the kind of entry the timeline shows, the verdict that is explained. */
interface RecordSearch {
  kind?: string
  why?: string
}

export const customerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$id',
  validateSearch: (s: Search): RecordSearch => ({ kind: text(s.kind), why: text(s.why) }),
  component: lazyRouteComponent(withWords(['customer', 'record', 'owed', 'why'], () => import('./CustomerPage'))),
})

export const segmentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/segments',
  component: lazyRouteComponent(withWords(['customer', 'record'], () => import('./segment/SegmentsPage'))),
})

export const customFieldsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/fields',
  component: lazyRouteComponent(withWords(['customer', 'record'], () => import('./FieldsPage'))),
})

export const customerRoutes = [customerListRoute, customerRoute, segmentsRoute] as const
/** Below the settings. */
export const customerSettingsRoutes = [customFieldsRoute] as const
