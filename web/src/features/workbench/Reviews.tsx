import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { useFormat } from '@/kit/format'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

type Review = Schemas['ReviewView']

/** What waits for me in reviews: customers to rate, and for the director the regions that are late. */
export function Reviews() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const may = usePermission('grading.judge')
  const offered = useOffered()
  const query = api.useQuery('get', '/api/v1/reviews/tasks', {}, { enabled: may })
  const mine = (items: Review[]) => items.filter((r) => r.to_rate > 0 || late(r).length > 0)
  return (
    <ReadPanel
      query={query}
      title={t('workbench.review.title')}
      empty={({ items }) => mine(items).length === 0 && offered === 0}
    >
      {({ items }) => (
        <ul className="side-list">
          {mine(items).map((r) => (
            <Rows key={r.id} review={r} />
          ))}
          {offered > 0 && (
            <li>
              <Link className="link side-main" to="/grading/proposals">
                {t('workbench.review.offered', { n: num(offered) })}
                <br />
                <span className="muted">{t('workbench.review.offered_hint')}</span>
              </Link>
            </li>
          )}
        </ul>
      )}
    </ReadPanel>
  )
}

/** How many customers reach a better grade nobody has decided about, for those who look after a region. */
function useOffered(): number {
  const may = usePermission('grading.judge', 'unit')
  const { data } = api.useQuery('get', '/api/v1/grade-proposals/count', {}, { enabled: may })
  return data?.count ?? 0
}

const late = (r: Review) => (r.may_meet || r.may_manage ? r.regions.filter((x) => x.late) : [])

function Rows({ review: r }: { review: Review }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const go = (tab: 'rate' | 'progress', label: string) => (
    <Link className="link side-main" to="/grading/reviews/$id" params={{ id: r.id }} search={{ tab }}>
      {label}
      <br />
      <span className="muted">{text(r.title)}</span>
    </Link>
  )
  const regions = late(r)
  return (
    <>
      {r.to_rate > 0 && (
        <li>
          {go('rate', t('workbench.review.rate', { n: num(r.to_rate) }))}
          {r.late ? (
            <StatusDot tone="bad" label={t('workbench.overdue')} />
          ) : (
            <span className="muted num">{t('workbench.review.until', { day: r.rate_by })}</span>
          )}
        </li>
      )}
      {regions.length > 0 && (
        <li>
          {go('progress', t('workbench.review.late', { n: num(regions.length) }))}
          <StatusDot tone="bad" label={regions.map((x) => text(x.name) || t('workbench.review.no_unit')).join('、')} />
        </li>
      )}
    </>
  )
}
