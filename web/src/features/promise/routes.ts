import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const promiseTabs = ['open', 'overdue', 'past'] as const
export type PromiseTab = (typeof promiseTabs)[number]

/** What the page of promises keeps in the URL. */
export interface PromiseSearch {
  tab?: PromiseTab
  /** `mine` or `all` (as far as one may see). */
  whose?: 'mine' | 'all'
  filter?: string[]
  /** The promise shown beside the list. */
  open?: string
}

export const promiseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/promises',
  validateSearch: (s: Search): PromiseSearch => ({
    tab: oneOf(s.tab, promiseTabs),
    whose: oneOf(s.whose, ['mine', 'all'] as const),
    filter: texts(s.filter),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['promise'], () => import('./PromisesPage'))),
})

export const promiseRoutes = [promiseRoute] as const
