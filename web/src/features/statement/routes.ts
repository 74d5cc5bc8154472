import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { type Search, text } from '@/app/search'

/** What both pages keep in the URL: the year; without it the running one. */
export interface StatementSearch {
  year?: string
}

/** What the page of a department keeps in the URL beside the year. */
export interface DepartmentSearch extends StatementSearch {
  unit?: string
}

export const statementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$id/service',
  validateSearch: (s: Search): StatementSearch => ({ year: text(s.year) }),
  component: lazyRouteComponent(withWords(['statement', 'why'], () => import('./StatementPage'))),
})

export const departmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/rendered',
  validateSearch: (s: Search): DepartmentSearch => ({ year: text(s.year), unit: text(s.unit) }),
  component: lazyRouteComponent(withWords(['statement'], () => import('./DepartmentPage'))),
})

export const statementRoutes = [statementRoute, departmentRoute] as const
