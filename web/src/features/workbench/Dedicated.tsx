import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'

/** Customers who must have a dedicated owner and have none, for whoever can give them one. */
export function Dedicated() {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const query = api.useQuery('get', '/api/v1/ownership/dedicated/alarms')
  if (query.error)
    return (
      <Panel title={t('workbench.dedicated')}>
        <ErrorState inline error={query.error} onRetry={() => void query.refetch()} />
      </Panel>
    )
  if (!query.data || query.data.items.length === 0) return null
  return (
    <Panel title={t('workbench.dedicated')}>
      <ul className="side-list">
        {query.data.items.map((a) => (
          <li key={a.rulebook + a.clause}>
            <Link className="link side-main" to="/service/owners" search={{ tab: 'dedicated' }}>
              {text(a.title)}
            </Link>
            <b className="num">{num(a.without) + (a.more ? '+' : '')}</b>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
