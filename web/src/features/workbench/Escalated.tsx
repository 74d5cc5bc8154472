import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, byCursor } from '@/api/client'
import { dutyOf } from '@/kit/DutyCustomer'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const SHOWN = 5

/** What others missed and the rulebook puts before me, until it is done or excused; the longest missed first. */
export function Escalated() {
  const { t } = useTranslation()
  const text = useText()
  const may = usePermission('duty.read')
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/duties',
    { params: { query: { escalated: true, state: ['missed'], limit: SHOWN } } },
    { ...byCursor, enabled: may },
  )
  return (
    <ReadPanel
      query={query}
      title={t('workbench.escalated.title')}
      empty={({ pages }) => pages.every((p) => p.items.length === 0)}
    >
      {({ pages }) => (
        <>
          <ul className="side-list">
            {pages
              .flatMap((p) => p.items)
              .map((d) => (
                <li key={d.id}>
                  <span className="side-main">
                    <Link className="link" to="/service" search={{ tab: 'overdue', whose: 'all', open: d.id }}>
                      {dutyOf(t, d)}
                    </Link>
                    <br />
                    <span className="muted">
                      {[text(d.title), d.owner_name || t('workbench.escalated.nobody')].join(' · ')}
                    </span>
                  </span>
                  <StatusDot tone="bad" label={t('workbench.overdue_days', { count: d.days_overdue })} />
                </li>
              ))}
          </ul>
          {query.hasNextPage && (
            <Button type="text" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('kit.table.more')}
            </Button>
          )}
        </>
      )}
    </ReadPanel>
  )
}
