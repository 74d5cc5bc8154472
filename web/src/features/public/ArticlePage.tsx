import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { QueryView } from '@/kit/Loading'
import { Markdown } from '@/kit/Markdown'
import { Panel, useTitle } from '@/kit/Page'
import { useText } from '@/kit/text'
import { Frame } from './Frame'

const route = getRouteApi('/public/articles/$id')

/** One article, in the language of the page where it has it, else in the other. */
export default function ArticlePage() {
  const { t, i18n } = useTranslation()
  const text = useText()
  const { id } = route.useParams()
  const query = api.useQuery('get', '/api/v1/public/articles/{id}', { params: { path: { id } } }, { retry: false })
  const title = text(query.data?.title)
  useTitle(title || t('public.articles.title'))
  return (
    <Frame>
      <QueryView query={query} lines={8}>
        {(a) => {
          const wanted = i18n.language === 'en' ? 'en' : 'zh'
          const lang = a.body[wanted] ? wanted : wanted === 'en' ? 'zh' : 'en'
          return (
            <Panel>
              <h1 className="public-article" lang={lang === 'zh' ? 'zh-CN' : lang}>
                {a.title[lang]}
              </h1>
              <p className="muted">
                {a.published_on && t('public.articles.on', { day: a.published_on })}
                {lang !== wanted &&
                  ` · ${t('public.articles.other_language', { language: t(`public.articles.${lang}`) })}`}
              </p>
              <Markdown text={a.body[lang]} lang={lang} />
            </Panel>
          )
        }}
      </QueryView>
      <span className="row public-ways">
        <Link className="link" to="/public/articles" search={{}}>
          {t('public.articles.list')}
        </Link>
        <Link className="link" to="/public" search={{}}>
          {t('public.articles.ask')}
        </Link>
      </span>
    </Frame>
  )
}
