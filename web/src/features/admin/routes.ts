import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { settingsRoute } from '@/app/roots'
import { oneOf, type Search, text } from '@/app/search'

const firstRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/me', replace: true })
  },
})

export const meRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/me',
  component: lazyRouteComponent(withWords(['admin', 'post'], () => import('./MePage'))),
})

/** What the list of users keeps in the URL; `open` is what is being added: a person or a program. */
export interface UsersSearch {
  q?: string
  open?: 'new' | 'program'
}

export const usersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/users',
  validateSearch: (s: Search): UsersSearch => ({ q: text(s.q), open: oneOf(s.open, ['new', 'program'] as const) }),
  component: lazyRouteComponent(withWords(['admin'], () => import('./UsersPage'))),
})

export const personRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/users/$id',
  component: lazyRouteComponent(withWords(['admin', 'post'], () => import('./PersonPage'))),
})

/** What the import of people keeps in the URL: the sheet that is looked at. */
export interface StaffSearch {
  id?: string
}

export const staffImportRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/staff-import',
  validateSearch: (s: Search): StaffSearch => ({ id: text(s.id) }),
  component: lazyRouteComponent(withWords(['admin', 'staff'], () => import('./StaffImportPage'))),
})

/** What the tree of units keeps in the URL: the day it is shown for, and the unit that is open. */
export interface UnitsSearch {
  on?: string
  open?: string
}

export const unitsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/units',
  validateSearch: (s: Search): UnitsSearch => ({ on: text(s.on), open: text(s.open) }),
  component: lazyRouteComponent(withWords(['admin', 'unit'], () => import('./UnitsPage'))),
})

export const rolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/roles',
  component: lazyRouteComponent(withWords(['admin'], () => import('./RolesPage'))),
})

/** What the page of posts keeps in the URL: the day it is shown for. */
export interface PostsSearch {
  on?: string
}

export const postsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/posts',
  validateSearch: (s: Search): PostsSearch => ({ on: text(s.on) }),
  component: lazyRouteComponent(withWords(['admin', 'post'], () => import('./PostsPage'))),
})

export const ratesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/rates',
  component: lazyRouteComponent(withWords(['admin'], () => import('./RatesPage'))),
})

/** What the audit log keeps in the URL. */
export interface AuditSearch {
  q?: string
  entity?: string
  actor?: string
  customer?: string
  from?: string
  until?: string
  open?: string
}

export const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  validateSearch: (s: Search): AuditSearch => ({
    q: text(s.q),
    entity: text(s.entity),
    actor: text(s.actor),
    customer: text(s.customer),
    from: text(s.from),
    until: text(s.until),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['admin', 'audit'], () => import('./AuditPage'))),
})

export const backupRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/backup',
  component: lazyRouteComponent(withWords(['admin', 'backup'], () => import('./BackupPage'))),
})

export const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/keys',
  component: lazyRouteComponent(withWords(['admin', 'keys'], () => import('./KeysPage'))),
})

export const eventsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/events',
  component: lazyRouteComponent(withWords(['admin'], () => import('./EventsPage'))),
})

export const aboutRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/about',
  component: lazyRouteComponent(withWords(['admin'], () => import('./AboutPage'))),
})

export const signInPolicyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sign-in',
  component: lazyRouteComponent(withWords(['admin', 'factor'], () => import('./SignInPolicyPage'))),
})

/** All settings; other features hang their own pages below `settingsRoute` and are named here by the router. */
export const adminRoutes = [
  firstRoute,
  meRoute,
  usersRoute,
  personRoute,
  staffImportRoute,
  unitsRoute,
  postsRoute,
  rolesRoute,
  signInPolicyRoute,
  ratesRoute,
  auditRoute,
  backupRoute,
  keysRoute,
  eventsRoute,
  aboutRoute,
] as const
