import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

/** What the register of gifts keeps in the URL. */
export interface GiftSearch {
  /** `mine` or `all` (as far as one may see). */
  whose?: 'mine' | 'all'
  filter?: string[]
  /** The customer whose gifts alone are shown. */
  customer?: string
  /** The gift shown beside the list. */
  open?: string
}

export const giftRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/gifts',
  validateSearch: (s: Search): GiftSearch => ({
    whose: oneOf(s.whose, ['mine', 'all'] as const),
    filter: texts(s.filter),
    customer: text(s.customer),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['gift'], () => import('./GiftsPage'))),
})

export const giftRoutes = [giftRoute] as const
