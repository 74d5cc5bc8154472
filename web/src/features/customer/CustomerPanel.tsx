import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/kit/ErrorState'
import { SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { RecordPanel } from '@/kit/RecordPanel'
import { usePermission } from '@/kit/usePermission'
import { Archive } from './Archive'
import { Contacts } from './Contacts'
import { Duties } from './Duties'
import { useCustomer, useRecord } from './data'
import { Badges, Figures } from './Head'
import { Missing } from './Missing'
import { RecordTimeline } from './RecordTimeline'
import { Standings } from './Standings'
import { useRecordActions } from './useRecordActions'

import './customer.css'

const WhyDrawer = lazy(() => import('./WhyDrawer'))

interface Props {
  id: string
  onClose: () => void
  onPrevious?: () => void
  onNext?: () => void
}

/** A customer beside the list: the same parts as on its page, in one column. */
export default function CustomerPanel({ id, ...walk }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: c, error, refetch } = useCustomer(id)
  const record = useRecord(id)
  const r = record.data
  const write = usePermission('customer.write') && !c?.archived
  const actions = useRecordActions(c, r)
  const [why, setWhy] = useState<string>()
  const [kind, setKind] = useState<string>()
  return (
    <RecordPanel
      open
      {...walk}
      title={c?.name ?? t('record.title')}
      badges={c && <Badges customer={c} record={r} onWhy={setWhy} />}
      actions={actions.buttons}
      onExpand={() => void navigate({ to: '/customers/$id', params: { id } })}
    >
      {!c ? (
        error ? (
          <Missing error={error} onRetry={() => void refetch()} />
        ) : (
          <SkeletonLines lines={10} />
        )
      ) : (
        <div className="panel-stack" key={id}>
          {r && <Figures record={r} />}
          {record.error && !r && <ErrorState error={record.error} onRetry={() => void record.refetch()} />}
          {r?.may.duties && r.figures.open_duties > 0 && <Duties record={r} />}
          {r?.may.grades && <Standings record={r} onWhy={setWhy} />}
          <Archive customer={c} />
          {r && <Contacts customerID={id} contacts={r.contacts} write={write} />}
          <Panel title={t('record.timeline.title')}>
            <RecordTimeline id={id} kind={kind} onKind={setKind} onWhy={setWhy} />
          </Panel>
        </div>
      )}
      {actions.dialogs}
      <Suspense>{why && <WhyDrawer customerID={id} verdictID={why} onClose={() => setWhy(undefined)} />}</Suspense>
    </RecordPanel>
  )
}
