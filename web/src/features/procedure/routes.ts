import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const caseTabs = ['inbox', 'mine', 'open', 'overdue', 'stuck', 'every'] as const
export type CaseTab = (typeof caseTabs)[number]

/** What the page of cases keeps in the URL. */
export interface CaseSearch {
  tab?: CaseTab
  q?: string
  filter?: string[]
  sort?: 'due' | 'newest'
  /** `rulebook/procedure` of the case that is being begun; `choose` while nothing is chosen. */
  start?: string
  /** Customer the new case is about. */
  customer?: string
  /** Answers the start form begins with, as JSON of texts by entry. */
  fill?: string
  /** The visit or call the new case comes from, as `visit:ID`. */
  about?: string
}

/** The router reads what looks like JSON; it is kept as text. */
const fillText = (v: unknown): string | undefined => (typeof v === 'object' && v ? JSON.stringify(v) : text(v))

export const casesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cases',
  validateSearch: (s: Search): CaseSearch => ({
    tab: oneOf(s.tab, caseTabs),
    q: text(s.q),
    filter: texts(s.filter),
    sort: oneOf(s.sort, ['due', 'newest'] as const),
    start: text(s.start),
    customer: text(s.customer),
    fill: fillText(s.fill),
    about: text(s.about),
  }),
  component: lazyRouteComponent(withWords(['procedure', 'flow', 'form'], () => import('./CasesPage'))),
})

export const caseRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cases/$id',
  component: lazyRouteComponent(withWords(['procedure', 'form', 'flow', 'why'], () => import('./CasePage'))),
})

export const importCasesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/cases/import',
  validateSearch: (s: Search): { job?: string; undo?: string } => ({ job: text(s.job), undo: text(s.undo) }),
  component: lazyRouteComponent(withWords(['replay'], () => import('./ImportCasesPage'))),
})

/** What the page of registers keeps in the URL: which one, the day, or only who is still here. */
export interface RegisterSearch {
  of?: string
  day?: string
  present?: boolean
}

export const registersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/registers',
  validateSearch: (s: Search): RegisterSearch => ({
    of: text(s.of),
    day: text(s.day),
    present: s.present === true || s.present === 'true' ? true : undefined,
  }),
  component: lazyRouteComponent(withWords(['procedure', 'form'], () => import('./RegisterPage'))),
})

export const procedureRoutes = [casesRoute, importCasesRoute, caseRoute, registersRoute] as const
