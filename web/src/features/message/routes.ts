import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { settingsRoute, shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const messageTabs = ['log', 'greetings', 'templates'] as const
export type MessageTab = (typeof messageTabs)[number]

/** What the page of messages keeps in the URL. */
export interface MessageSearch {
  tab?: MessageTab
  filter?: string[]
  open?: string
}

export const messageRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/messages',
  validateSearch: (s: Search): MessageSearch => ({
    tab: oneOf(s.tab, messageTabs),
    filter: texts(s.filter),
    open: text(s.open),
  }),
  component: lazyRouteComponent(withWords(['message'], () => import('./MessagesPage'))),
})

export const channelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/channels',
  component: lazyRouteComponent(withWords(['message'], () => import('./ChannelsPage'))),
})

export const messageRoutes = [messageRoute] as const
