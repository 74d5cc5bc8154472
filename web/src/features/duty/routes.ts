import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const dutyTabs = ['today', 'week', 'overdue', 'upcoming', 'done', 'missed', 'every'] as const
export type DutyTab = (typeof dutyTabs)[number]

/** What the page of duties keeps in the URL. */
export interface DutySearch {
  tab?: DutyTab
  /** `mine` or `all` (as far as one may see). */
  whose?: 'mine' | 'all'
  filter?: string[]
  /** The duty shown beside the list. */
  open?: string
}

export const dutyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service',
  validateSearch: (s: Search): DutySearch => ({
    tab: oneOf(s.tab, dutyTabs),
    whose: oneOf(s.whose, ['mine', 'all'] as const),
    filter: texts(s.filter),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['duty', 'occasion', 'owed', 'why'], () => import('./DutyPage'))),
})

export const dutyRoutes = [dutyRoute] as const
