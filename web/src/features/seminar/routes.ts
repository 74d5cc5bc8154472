import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const seminarTabs = ['ahead', 'past'] as const
export type SeminarTab = (typeof seminarTabs)[number]

/** What the page of events keeps in the URL. */
export interface SeminarsSearch {
  tab?: SeminarTab
  /** `mine`: those one organises or helps with. */
  whose?: 'mine' | 'all'
  filter?: string[]
}

/** What the page of one event keeps in the URL. */
export interface SeminarSearch {
  q?: string
  filter?: string[]
}

export const seminarsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/events',
  validateSearch: (s: Search): SeminarsSearch => ({
    tab: oneOf(s.tab, seminarTabs),
    whose: oneOf(s.whose, ['mine', 'all'] as const),
    filter: texts(s.filter),
  }),
  component: lazyRouteComponent(withWords(['seminar'], () => import('./SeminarsPage'))),
})

export const seminarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/events/$id',
  validateSearch: (s: Search): SeminarSearch => ({ q: text(s.q), filter: texts(s.filter) }),
  component: lazyRouteComponent(withWords(['seminar'], () => import('./SeminarPage'))),
})

export const doorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/events/$id/door',
  validateSearch: (s: Search): { q?: string } => ({ q: text(s.q) }),
  component: lazyRouteComponent(withWords(['seminar'], () => import('./DoorPage'))),
})

export const seminarRoutes = [seminarsRoute, seminarRoute, doorRoute] as const
