import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { ArticleLink } from '@/kit/ArticleLink'
import { DateText } from '@/kit/DateText'
import { ReadPanel } from '@/kit/ReadPanel'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** Articles I keep whose day of review has come. */
export function Articles() {
  const { t } = useTranslation()
  const text = useText()
  const may = usePermission('article.write')
  const query = api.useQuery(
    'get',
    '/api/v1/articles',
    { params: { query: { keeper: ['me'], review: 'due', sort: 'review', limit: SHOWN } } },
    { enabled: may },
  )
  return (
    <ReadPanel
      query={query}
      title={t('workbench.articles.title')}
      empty={({ items }) => items.length === 0}
      extra={() => (
        <ArticleLink className="text-button" to="/knowledge?tab=review">
          {t('workbench.articles.all')}
        </ArticleLink>
      )}
    >
      {({ items }) => (
        <ul className="side-list">
          {items.map((a) => (
            <li key={a.id}>
              <span className="side-main">
                <ArticleLink to={`/knowledge/${a.id}`}>{text(a.title)}</ArticleLink>
              </span>
              <span className="muted">
                <DateText value={a.review_on} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </ReadPanel>
  )
}
