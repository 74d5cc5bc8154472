import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const handoverTabs = ['plan', 'told'] as const

/** What the page of one handover keeps in the URL. */
export interface HandoverSearch {
  tab?: (typeof handoverTabs)[number]
  q?: string
  /** Only customers without a receiver, or whom nobody has told. */
  only?: 'yes'
}

export const handoversRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/handovers',
  validateSearch: (s: Search): { person?: string } => ({ person: text(s.person) }),
  component: lazyRouteComponent(withWords(['handover'], () => import('./HandoversPage'))),
})

export const handoverRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/handovers/$id',
  validateSearch: (s: Search): HandoverSearch => ({
    tab: oneOf(s.tab, handoverTabs),
    q: text(s.q),
    only: oneOf(s.only, ['yes'] as const),
  }),
  component: lazyRouteComponent(withWords(['handover'], () => import('./HandoverPage'))),
})

export const handoverRoutes = [handoversRoute, handoverRoute] as const
