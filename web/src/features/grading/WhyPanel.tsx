import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { customerPath } from '@/kit/CustomerLink'
import { EmptyState } from '@/kit/EmptyState'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { RecordPanel } from '@/kit/RecordPanel'
import { useText } from '@/kit/text'
import { Why } from '@/kit/Why'
import { useWhyOf } from '@/kit/whyOf'
import type { TabProps } from './GradingPage'

interface Props {
  scheme: TabProps['scheme']
  /** The loaded rows of the list, for previous and next. */
  rows: Schemas['GradingFoundView'][]
  /** Id of the customer. */
  open: string
  set: TabProps['set']
}

/** Why a customer has its grade, beside the list. */
export function WhyPanel({ scheme, rows, open, set }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const words = useGradeIn(scheme.scheme)
  const i = rows.findIndex((r) => r.customer_id === open)
  const row = rows[i]
  const go = (to: Schemas['GradingFoundView'] | undefined) => to && (() => set({ open: to.customer_id }))
  return (
    <RecordPanel
      open
      title={row?.customer_name ?? t('grading.why')}
      badges={row && <GradeTag {...words(row.code)} />}
      onClose={() => set({ open: undefined })}
      onPrevious={go(rows[i - 1])}
      onNext={go(rows[i + 1])}
      onExpand={() => void navigate({ href: customerPath(open) })}
    >
      {row ? (
        <Reasons customer={open} verdict={row.verdict_id} scheme={scheme} />
      ) : rows.length > 0 ? (
        <EmptyState title={t('grading.not_in_list')} hint={t('grading.not_in_list_hint')} />
      ) : null}
    </RecordPanel>
  )
}

function Reasons({ customer, verdict, scheme }: { customer: string; verdict: string; scheme: TabProps['scheme'] }) {
  const text = useText()
  const whyOf = useWhyOf()
  const query = api.useQuery('get', '/api/v1/verdicts/{customer_id}/{id}', {
    params: { path: { customer_id: customer, id: verdict } },
  })
  return (
    <QueryView query={query} lines={10}>
      {(e) => <Why key={verdict} verdict={whyOf(e, text(scheme.title))} />}
    </QueryView>
  )
}
