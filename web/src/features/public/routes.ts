import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { rootRoute, settingsRoute } from '@/app/roots'
import { type Search, text } from '@/app/search'

/** What the public page keeps in the URL; never a number or a phone. */
export interface PublicSearch {
  /** `rulebook/procedure` of the matter that is being begun. */
  start?: string
}

export const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/public',
  validateSearch: (s: Search): PublicSearch => ({ start: text(s.start) }),
  component: lazyRouteComponent(withWords(['public', 'form'], () => import('./PublicPage'))),
})

export const publicArticlesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/public/articles',
  validateSearch: (s: Search): { q?: string } => ({ q: text(s.q) }),
  component: lazyRouteComponent(withWords(['public'], () => import('./ArticlesPage'))),
})

export const publicArticleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/public/articles/$id',
  component: lazyRouteComponent(withWords(['public'], () => import('./ArticlePage'))),
})

export const publicSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/public',
  component: lazyRouteComponent(withWords(['public'], () => import('./PublicSettingsPage'))),
})

export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: (s: Search): { token?: string } => ({ token: text(s.token) }),
  component: lazyRouteComponent(withWords(['public', 'invitation'], () => import('./InvitationPage'))),
})

export const unsubscribeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/unsubscribe',
  validateSearch: (s: Search): { token?: string } => ({ token: text(s.token) }),
  component: lazyRouteComponent(withWords(['public'], () => import('./UnsubscribePage'))),
})
