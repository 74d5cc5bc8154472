import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'
import { type CalendarView, isDay, views } from './days'

/** What the calendar keeps in the URL. */
export interface CalendarSearch {
  view?: CalendarView
  /** A day of what is shown; without it today. */
  on?: string
  /** `mine`, `all`, or a person's id. */
  whose?: string
  open?: string
  /** The customer a visit is being planned to, the duty it is to keep, and its day. */
  plan?: string
  duty?: string
  day?: string
}

/** What the proposed week keeps in the URL. */
export interface WeekSearch {
  /** A day of the week; without it this week. */
  on?: string
  /** `mine` or a person's id. */
  whose?: string
  /** Visits on a day. */
  room?: string
}

const dayIn = (v: unknown): string | undefined => {
  const one = text(v)
  return isDay(one) ? one : undefined
}

/** What the page of visits keeps in the URL. */
export interface VisitSearch {
  tab?: 'open' | 'past'
  /** `mine` or `all` (as far as one may see). */
  whose?: 'mine' | 'all'
  /** The visit shown beside the list. */
  open?: string
  /** The customer a visit is being planned to, and the duty it is to keep. */
  plan?: string
  duty?: string
}

export const visitRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/visits',
  validateSearch: (s: Search): VisitSearch => ({
    tab: oneOf(s.tab, ['open', 'past'] as const),
    whose: oneOf(s.whose, ['mine', 'all'] as const),
    open: text(s.open),
    plan: text(s.plan),
    duty: text(s.duty),
  }),
  component: lazyRouteComponent(withWords(['visit', 'unsent'], () => import('./VisitsPage'))),
})

export const calendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/visits/calendar',
  validateSearch: (s: Search): CalendarSearch => ({
    view: oneOf(s.view, views),
    on: dayIn(s.on),
    whose: text(s.whose),
    open: text(s.open),
    plan: text(s.plan),
    duty: text(s.duty),
    day: dayIn(s.day),
  }),
  component: lazyRouteComponent(withWords(['visit', 'agenda', 'owed', 'unsent'], () => import('./CalendarPage'))),
})

export const weekRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/visits/week',
  validateSearch: (s: Search): WeekSearch => ({ on: dayIn(s.on), whose: text(s.whose), room: text(s.room) }),
  component: lazyRouteComponent(withWords(['visit', 'agenda', 'week'], () => import('./WeekPage'))),
})

export const visitRoutes = [visitRoute, calendarRoute, weekRoute] as const
