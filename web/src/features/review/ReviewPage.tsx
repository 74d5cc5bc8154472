import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas, useRefreshUnder } from '@/api/client'
import { useCommands } from '@/kit/commands'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { LinesTab } from './LinesTab'
import { ProgressTab } from './ProgressTab'
import { ResultsTab } from './ResultsTab'
import { ReviewState } from './ReviewsPage'
import { type ReviewSearch, type ReviewTab, reviewTabs } from './routes'
import './review.css'

const Drawers = lazy(() => import('./Drawers'))

export type Review = Schemas['ReviewView']
export type Ask = 'meet' | 'close' | 'withdraw' | 'delegate'

const route = getRouteApi('/shell/grading/reviews/$id')
const LOOK_AGAIN_MS = 2000

/** What the tabs get. */
export interface TabProps {
  review: Review
  search: ReviewSearch
  set: (patch: ReviewSearch) => void
  ask: (what: Ask) => void
}

/** useReviewChanged has everything about campaigns fetched again. */
export const useReviewChanged = () => useRefreshUnder('/api/v1/reviews')

/** One campaign: how far the regions are, the forms, the meeting, the signatures, and what came out. */
export default function ReviewPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = api.useQuery('get', '/api/v1/reviews/{id}', { params: { path: { id } } })
  const busy = query.data?.state === 'opening' || query.data?.state === 'closing'
  const { refetch } = query
  useEffect(() => {
    if (!busy) return
    const timer = setInterval(() => void refetch(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [busy, refetch])
  if (query.data) return <Campaign key={id} review={query.data} />
  return (
    <Page title={t('review.title')}>
      <QueryView query={query} lines={8}>
        {() => null}
      </QueryView>
    </Page>
  )
}

/** The tabs somebody has use for. */
function tabsOf(r: Review): ReviewTab[] {
  return reviewTabs.filter((k) => {
    if (k === 'rate') return r.may_rate
    if (k === 'sign') return r.signed_grade !== '' && r.totals.approved + r.totals.waiting + r.totals.rejected > 0
    return true
  })
}

function Campaign({ review: r }: { review: Review }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const navigate = useNavigate()
  const search = route.useSearch()
  const go = route.useNavigate()
  const set = (patch: ReviewSearch) => void go({ search: (s) => ({ ...s, ...patch }), replace: true })
  const [asked, setAsked] = useState<Ask>()
  const tabs = tabsOf(r)
  const tab = search.tab && tabs.includes(search.tab) ? search.tab : 'progress'
  const counts: Partial<Record<ReviewTab, string>> = {
    rate: r.to_rate > 0 ? num(r.to_rate) : undefined,
    sign: r.totals.waiting > 0 ? num(r.totals.waiting) : undefined,
  }
  useCommands(
    tabs.map((k) => ({
      id: `review.tab.${k}`,
      label: t(`review.tab.${k}`),
      group: 'act' as const,
      run: () => set({ tab: k, open: undefined }),
    })),
  )
  const props: TabProps = { review: r, search, set, ask: setAsked }
  return (
    <Page
      title={text(r.title)}
      badges={<ReviewState review={r} />}
      note={`${text(r.rulebook_title)} · ${r.opens_on} – ${r.closes_on}`}
      fill={tab !== 'progress'}
      back={{ label: t('review.title'), onClick: () => void navigate({ to: '/grading/reviews' }) }}
      actions={<Actions review={r} ask={setAsked} />}
    >
      <TabBar<ReviewTab>
        label={text(r.title)}
        tabs={tabs.map((key) => ({ key, label: t(`review.tab.${key}`), count: counts[key] }))}
        current={tab}
        onChoose={(key) =>
          set({ tab: key, open: undefined, state: undefined, differs: undefined, unit: undefined, grade: undefined })
        }
      />
      {tab === 'progress' && <ProgressTab {...props} />}
      {(tab === 'rate' || tab === 'meeting' || tab === 'sign') && <LinesTab key={tab} mode={tab} {...props} />}
      {tab === 'results' && <ResultsTab {...props} />}
      {asked && (
        <Suspense fallback={null}>
          <Drawers what={asked} review={r} onClose={() => setAsked(undefined)} />
        </Suspense>
      )}
    </Page>
  )
}

/** What whoever holds the chair does next. */
function Actions({ review: r, ask }: { review: Review; ask: TabProps['ask'] }) {
  const { t } = useTranslation()
  const chair = r.may_meet || r.may_manage
  return (
    <>
      {r.may_rate && (r.state === 'rating' || r.state === 'meeting') && (
        <Button onClick={() => ask('delegate')}>{t('review.delegate.do')}</Button>
      )}
      {r.may_manage && (r.state === 'rating' || r.state === 'meeting') && (
        <Button onClick={() => ask('withdraw')}>{t('review.withdraw.do')}</Button>
      )}
      {chair && r.state === 'rating' && (
        <Button type="primary" onClick={() => ask('meet')}>
          {t('review.meet.do')}
        </Button>
      )}
      {r.may_manage && (r.state === 'meeting' || r.state === 'closing') && (
        <Button type="primary" onClick={() => ask('close')}>
          {t('review.close.do')}
        </Button>
      )}
    </>
  )
}
