import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const ownerTabs = ['rules', 'dedicated', 'tracking', 'areas', 'pool'] as const
export type OwnerTab = (typeof ownerTabs)[number]
export const poolSides = ['pool', 'mine'] as const
export const areaViews = ['map', 'list'] as const
export const lineKinds = ['all', 'move', 'nobody', 'differs', 'two_claims', 'full', 'no_holder', 'gone'] as const

/** What the page of ownership keeps in the URL. */
export interface OwnerSearch {
  tab?: OwnerTab
  /** The run that is shown; the newest without it. */
  run?: string
  kind?: (typeof lineKinds)[number]
  q?: string
  /** What is in the pool, or what one has taken out of it. */
  side?: (typeof poolSides)[number]
  /** Areas as a map or as a list. */
  view?: (typeof areaViews)[number]
  /** The region the map shows; the country without it. */
  region?: string
}

export const ownershipRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/service/owners',
  validateSearch: (s: Search): OwnerSearch => ({
    tab: oneOf(s.tab, ownerTabs),
    run: text(s.run),
    kind: oneOf(s.kind, lineKinds),
    q: text(s.q),
    side: oneOf(s.side, poolSides),
    view: oneOf(s.view, areaViews),
    region: text(s.region),
  }),
  component: lazyRouteComponent(withWords(['ownership'], () => import('./OwnershipPage'))),
})

export const ownershipRoutes = [ownershipRoute] as const
