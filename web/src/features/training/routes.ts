import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

export const trainingTabs = ['mine', 'coverage', 'courses'] as const
export type TrainingTab = (typeof trainingTabs)[number]

export const standings = ['overdue', 'expired', 'todo', 'expiring', 'valid'] as const
export type Standing = (typeof standings)[number]

/** What the pages of training keep in the URL. */
export interface TrainingSearch {
  tab?: TrainingTab
  /** The course that is read, counted or written. */
  open?: string
  /** Whose standing alone is listed. */
  standing?: Standing
  unit?: string
}

export const trainingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/training',
  validateSearch: (s: Search): TrainingSearch => ({
    tab: oneOf(s.tab, trainingTabs),
    open: text(s.open),
    standing: oneOf(s.standing, standings),
    unit: text(s.unit),
  }),
  component: lazyRouteComponent(withWords(['training', 'admin'], () => import('./TrainingPage'))),
})

export const trainingRoutes = [trainingRoute] as const
