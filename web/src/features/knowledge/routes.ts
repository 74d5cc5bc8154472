import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '@/app/i18n'
import { shellRoute } from '@/app/roots'
import { oneOf, type Search, text, texts } from '@/app/search'

export const knowledgeTabs = ['published', 'draft', 'review', 'mine', 'every'] as const
export type KnowledgeTab = (typeof knowledgeTabs)[number]

/** What the list of articles keeps in the URL. */
export interface KnowledgeSearch {
  tab?: KnowledgeTab
  q?: string
  filter?: string[]
  sort?: string
  /** The form of a new article is open. */
  write?: 'new'
}

export const knowledgeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/knowledge',
  validateSearch: (s: Search): KnowledgeSearch => ({
    tab: oneOf(s.tab, knowledgeTabs),
    q: text(s.q),
    filter: texts(s.filter),
    sort: text(s.sort),
    write: oneOf(s.write, ['new'] as const),
  }),
  component: lazyRouteComponent(withWords(['knowledge'], () => import('./KnowledgePage'))),
})

export const articleLanguages = ['zh', 'en', 'both'] as const
export type ArticleLanguage = (typeof articleLanguages)[number]

export const articleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/knowledge/$id',
  validateSearch: (s: Search): { lang?: ArticleLanguage; draft?: 'yes' } => ({
    lang: oneOf(s.lang, articleLanguages),
    draft: oneOf(s.draft, ['yes'] as const),
  }),
  component: lazyRouteComponent(withWords(['knowledge'], () => import('./ArticlePage'))),
})

export const knowledgeRoutes = [knowledgeRoute, articleRoute] as const
