import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const importListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  validateSearch: (s: Search): { target?: string } => ({ target: text(s.target) }),
  component: lazyRouteComponent(withWords(['importer'], () => import('./ImportListPage'))),
})

export const newImportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/new',
  validateSearch: (s: Search): { target?: string } => ({ target: text(s.target) }),
  component: lazyRouteComponent(withWords(['importer'], () => import('./NewImportPage'))),
})

export const steps = ['map', 'check', 'result'] as const
export type Step = (typeof steps)[number]
export const lineTabs = ['refused', 'set_aside', 'ready'] as const
export type LineTab = (typeof lineTabs)[number]

/** What the page of an import keeps in the URL: the step, and which lines the check shows. */
export interface ImportSearch {
  step?: Step
  lines?: LineTab
}

export const importRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports/$id',
  validateSearch: (s: Search): ImportSearch => ({ step: oneOf(s.step, steps), lines: oneOf(s.lines, lineTabs) }),
  component: lazyRouteComponent(withWords(['importer'], () => import('./ImportPage'))),
})

export const importRoutes = [importListRoute, newImportRoute, importRoute] as const
