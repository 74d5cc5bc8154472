import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const reviewTabs = ['progress', 'rate', 'meeting', 'sign', 'results'] as const
export type ReviewTab = (typeof reviewTabs)[number]
export const lineStates = ['waiting', 'draft', 'rated', 'met', 'reopened', 'unrated'] as const
export const resultLists = ['a_list', 'special_policies', 'credit_terms', 'new_customers'] as const
export const proposalStates = ['asked', 'refused', 'dismissed'] as const
export type ResultList = (typeof resultLists)[number]

/** What the page of a campaign keeps in the URL. */
export interface ReviewSearch {
  tab?: ReviewTab
  unit?: string
  state?: (typeof lineStates)[number]
  grade?: string
  q?: string
  differs?: '1'
  sort?: 'code' | 'score'
  list?: ResultList
  /** The customer whose form is shown beside the list. */
  open?: string
}

export const reviewsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading/reviews',
  component: lazyRouteComponent(withWords(['review'], () => import('./ReviewsPage'))),
})

export const reviewRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading/reviews/$id',
  validateSearch: (s: Search): ReviewSearch => ({
    tab: oneOf(s.tab, reviewTabs),
    unit: text(s.unit),
    state: oneOf(s.state, lineStates),
    grade: text(s.grade),
    q: text(s.q),
    differs: oneOf(s.differs, ['1'] as const),
    sort: oneOf(s.sort, ['code', 'score'] as const),
    list: oneOf(s.list, resultLists),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['review', 'why'], () => import('./ReviewPage'))),
})

export const checksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading/checks',
  component: lazyRouteComponent(withWords(['review'], () => import('./ChecksPage'))),
})

export const checkRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading/checks/$id',
  component: lazyRouteComponent(withWords(['review'], () => import('./CheckPage'))),
})

export const proposalsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading/proposals',
  validateSearch: (s: Search): { state?: (typeof proposalStates)[number] } => ({
    state: oneOf(s.state, proposalStates),
  }),
  component: lazyRouteComponent(withWords(['review'], () => import('./ProposalsPage'))),
})

export const reviewRoutes = [reviewsRoute, reviewRoute, checksRoute, checkRoute, proposalsRoute] as const
