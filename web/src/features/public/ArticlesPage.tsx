import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel, useTitle } from '@/kit/Page'
import { SearchInput } from '@/kit/SearchInput'
import { useText } from '@/kit/text'
import { Frame } from './Frame'

const route = getRouteApi('/public/articles')

/** What the organisation has published for everybody: search, and read. */
export default function ArticlesPage() {
  const { t } = useTranslation()
  const text = useText()
  const { q } = route.useSearch()
  const navigate = route.useNavigate()
  useTitle(t('public.articles.title'))
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/public/articles',
    { params: { query: { q: q || undefined } } },
    { ...byCursor, retry: false },
  )
  return (
    <Frame>
      <div className="public-lead">
        <h1>{t('public.articles.title')}</h1>
        <p className="muted">{t('public.articles.lead')}</p>
      </div>
      <SearchInput
        value={q ?? ''}
        onChange={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
        placeholder={t('public.articles.find')}
      />
      <QueryView query={query} lines={6}>
        {(data) => {
          const items = data.pages.flatMap((p) => p.items)
          if (items.length === 0)
            return (
              <EmptyState
                title={t(q ? 'public.articles.nothing' : 'public.articles.none')}
                hint={q ? t('public.articles.nothing_hint') : undefined}
              />
            )
          return (
            <Panel flush>
              <ul className="matters">
                {items.map((a) => (
                  <li key={a.id}>
                    <Link to="/public/articles/$id" params={{ id: a.id }}>
                      <span>
                        <b>{text(a.title)}</b>
                        <small className="muted">{text(a.lead)}</small>
                      </span>
                      <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          )
        }}
      </QueryView>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('public.articles.more')}
        </Button>
      )}
      <Link className="link" to="/public" search={{}}>
        {t('public.articles.home')}
      </Link>
    </Frame>
  )
}
