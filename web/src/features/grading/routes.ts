import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const gradingTabs = ['overview', 'verdicts', 'without', 'cross', 'movement', 'judge', 'runs'] as const
export type GradingTab = (typeof gradingTabs)[number]
export const directions = ['changed', 'up', 'down', 'first', 'aside'] as const
export type Direction = (typeof directions)[number]
export const sorts = ['code', 'score'] as const

/** What the page of grades keeps in the URL. */
export interface GradingSearch {
  /** Rulebook; without it the first adopted one. */
  rulebook?: string
  /** Of a rulebook with several schemes; without it the first. */
  scheme?: string
  tab?: GradingTab
  /** A run; without it the last completed one. */
  run?: string
  code?: string
  direction?: Direction
  q?: string
  sort?: (typeof sorts)[number]
  /** The schemes laid across each other, two or three; without it the first three. */
  across?: string[]
  /** The customer whose verdict is shown beside the list. */
  open?: string
}

export const gradingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/grading',
  validateSearch: (s: Search): GradingSearch => ({
    rulebook: text(s.rulebook),
    scheme: text(s.scheme),
    tab: oneOf(s.tab, gradingTabs),
    run: text(s.run),
    code: text(s.code),
    direction: oneOf(s.direction, directions),
    q: text(s.q),
    sort: oneOf(s.sort, sorts),
    across: texts(s.across),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['grading', 'why'], () => import('./GradingPage'))),
})

export const gradingRoutes = [gradingRoute] as const
