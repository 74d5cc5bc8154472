import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { settingsRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const statusTabs = ['overview', 'jobs', 'statements'] as const
export const jobStates = ['waiting', 'running', 'failed', 'done', 'canceled'] as const

/** What the page of operations keeps in the URL: the tab, and which jobs are shown. */
export interface StatusSearch {
  tab?: (typeof statusTabs)[number]
  state?: (typeof jobStates)[number]
  kind?: string
}

export const statusRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/system',
  validateSearch: (s: Search): StatusSearch => ({
    tab: oneOf(s.tab, statusTabs),
    state: oneOf(s.state, jobStates),
    kind: text(s.kind),
  }),
  component: lazyRouteComponent(withWords(['status', 'job'], () => import('./StatusPage'))),
})
