import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const rulebookListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rulebooks',
  component: lazyRouteComponent(withWords(['rulebook'], () => import('./RulebookListPage'))),
})

export const rulebookTabs = [
  'clauses',
  'duties',
  'settings',
  'cases',
  'problems',
  'files',
  'versions',
  'simulation',
] as const
export type RulebookTab = (typeof rulebookTabs)[number]

/** What the page of a rulebook keeps in the URL. */
export interface RulebookSearch {
  tab?: RulebookTab
  /** Version that is shown; without it the one in force, else the newest. */
  version?: string
  clause?: string
  file?: string
  line?: string
  /** The job of a simulation. */
  job?: string
  /** The chosen cell of its matrix, `from>to`. */
  cell?: string
}

export const rulebookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/rulebooks/$id',
  validateSearch: (s: Search): RulebookSearch => ({
    tab: oneOf(s.tab, rulebookTabs),
    version: text(s.version),
    clause: text(s.clause),
    file: text(s.file),
    line: text(s.line),
    job: text(s.job),
    cell: text(s.cell),
  }),
  component: lazyRouteComponent(withWords(['rulebook'], () => import('./RulebookPage'))),
})

export const rulebookRoutes = [rulebookListRoute, rulebookRoute] as const
