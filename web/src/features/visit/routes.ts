import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

/** What the page of visits keeps in the URL. */
export interface VisitSearch {
  tab?: 'open' | 'past'
  /** `mine` or `all` (as far as one may see). */
  whose?: 'mine' | 'all'
  /** The visit shown beside the list. */
  open?: string
  /** The customer a visit is being planned to, and the duty it is to keep. */
  plan?: string
  duty?: string
}

export const visitRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/visits',
  validateSearch: (s: Search): VisitSearch => ({
    tab: oneOf(s.tab, ['open', 'past'] as const),
    whose: oneOf(s.whose, ['mine', 'all'] as const),
    open: text(s.open),
    plan: text(s.plan),
    duty: text(s.duty),
  }),
  component: lazyRouteComponent(withWords(['visit'], () => import('./VisitsPage'))),
})

export const visitRoutes = [visitRoute] as const
