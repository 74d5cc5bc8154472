import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades, useSchemes } from '@/kit/grades'
import { Panel } from '@/kit/Page'
import { ReadPanel } from '@/kit/ReadPanel'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

const DealForm = lazy(() => import('./DealForm'))

export type Young = Schemas['ReviewYoungView']

/** The rated deals of a customer that is too new for a grade that lasts, by each rulebook that says so. */
export default function Deals({ customerID }: { customerID: string }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/customers/{id}/deal-ratings', { params: { path: { id: customerID } } })
  if (!query.data)
    return (
      <ReadPanel query={query} title={t('record.deal.title')}>
        {() => null}
      </ReadPanel>
    )
  return query.data.items.map((y) => <Book key={y.rulebook} customerID={customerID} young={y} />)
}

function Book({ customerID, young: y }: { customerID: string; young: Young }) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  const schemes = useSchemes().data?.items
  const may = usePermission('grading.judge')
  const [open, setOpen] = useState(false)
  return (
    <Panel
      title={y.form || t('record.deal.title')}
      extra={
        <span className="row">
          <span className="muted">{text(schemes?.find((s) => s.rulebook === y.rulebook)?.title) || y.rulebook}</span>
          {may && (
            <button type="button" className="text-button" onClick={() => setOpen(true)}>
              {t('record.deal.do')}
            </button>
          )}
        </span>
      }
    >
      <p className="muted">{t('record.deal.until', { day: y.until })}</p>
      {y.deals.length > 0 && (
        <ul className="standings">
          {y.deals.map((d) => (
            <li key={d.id}>
              <span className="row">
                <GradeTag {...grade(d.scheme, d.code)} />
                <b className="num">{d.document}</b>
              </span>
              <span className="muted">{d.reason}</span>
              <span className="grow" />
              <span className="muted num">
                {d.by} · {d.on}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Suspense>{open && <DealForm customerID={customerID} young={y} onClose={() => setOpen(false)} />}</Suspense>
    </Panel>
  )
}
