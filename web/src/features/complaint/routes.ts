import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const statisticsTabs = ['figures', 'league', 'prevention', 'made'] as const
export type StatisticsTab = (typeof statisticsTabs)[number]

export const dimensions = ['department', 'cause', 'class', 'customer_kind', 'demand', 'content', 'channel'] as const
export type Dimension = (typeof dimensions)[number]

export const measureStates = ['overdue', 'named', 'open', 'proved', 'late', 'done', 'withdrawn'] as const
export type MeasureState = (typeof measureStates)[number]

/** What the page of complaint statistics keeps in the URL. */
export interface StatisticsSearch {
  tab?: StatisticsTab
  /** YYYY-MM; without it the month before this one. */
  month?: string
  /** Statistics as they were made: the id of an edition; `now` = as the cases stand now. */
  made?: string
  by?: Dimension
  /** Of the list of preventive measures. */
  department?: string
  state?: MeasureState
}

export const statisticsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cases/statistics',
  validateSearch: (s: Search): StatisticsSearch => ({
    tab: oneOf(s.tab, statisticsTabs),
    month: /^\d{4}-\d{2}$/.test(text(s.month) ?? '') ? text(s.month) : undefined,
    made: text(s.made),
    by: oneOf(s.by, dimensions),
    department: text(s.department),
    state: oneOf(s.state, measureStates),
  }),
  component: lazyRouteComponent(withWords(['complaint'], () => import('./StatisticsPage'))),
})

export const complaintRoutes = [statisticsRoute] as const
