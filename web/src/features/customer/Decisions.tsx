import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { ReadPanel } from '@/kit/ReadPanel'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'

const WithdrawOverride = lazy(() => import('./WithdrawOverride'))

export type Decision = Schemas['GradingGradeDecisionView']

const tones = { counts: 'ok', hidden: 'warn', ended: 'neutral', withdrawn: 'neutral' } as const

/** The grades people decided on for the customer, newest first; an override whose term still runs can be taken back. */
export default function Decisions({ customerID }: { customerID: string }) {
  const { t } = useTranslation()
  const [back, setBack] = useState<Decision>()
  const query = api.useQuery('get', '/api/v1/customers/{id}/grade-decisions', {
    params: { path: { id: customerID } },
  })
  return (
    <>
      <ReadPanel query={query} title={t('decision.title')} empty={({ items }) => items.length === 0}>
        {({ items }) => (
          <ul className="standings">
            {items.map((d) => (
              <Line key={d.id} decision={d} onBack={() => setBack(d)} />
            ))}
          </ul>
        )}
      </ReadPanel>
      <Suspense>
        {back && <WithdrawOverride customerID={customerID} decision={back} onClose={() => setBack(undefined)} />}
      </Suspense>
    </>
  )
}

function Line({ decision: d, onBack }: { decision: Decision; onBack: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const grade = useGrades()
  return (
    <li className="decision">
      <span className="row">
        <GradeTag {...grade(d.scheme, d.code)} />
        {d.source === 'override' ? (
          <CaseLink className="link" to={`/cases/${d.source_id}`}>
            {text(d.title)}
          </CaseLink>
        ) : (
          <span>{text(d.title)}</span>
        )}
        <StatusDot tone={tones[d.state]} label={t(`decision.${d.state}`)} />
      </span>
      <span className="muted num">
        {d.until ? t('decision.term', { from: d.from, until: d.until }) : t('decision.open', { from: d.from })}
        {d.by && ` · ${d.by}`}
      </span>
      <span className="grow" />
      {d.may.withdraw && (
        <button type="button" className="text-button" onClick={onBack}>
          {t('decision.withdraw')}
        </button>
      )}
      {d.reason && <span className="muted decision-why">{d.reason}</span>}
      {d.withdrawn && (
        <span className="muted decision-why">
          {t('decision.was_withdrawn', { by: d.withdrawn.by, day: d.withdrawn.on, reason: d.withdrawn.reason })}
        </span>
      )}
    </li>
  )
}
