import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { applyLink } from '@/kit/apply'
import { CaseLink } from '@/kit/CaseLink'
import { ErrorState } from '@/kit/ErrorState'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { toneOf, useSchemes } from '@/kit/grades'
import { SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { valueText } from '@/kit/whyOf'
import type { RecordView } from './data'

const VerdictHistory = lazy(() => import('./VerdictHistory'))

type Standing = RecordView['standings'][number]

/** The grade of a standing as a tag that opens its reasons. */
export function StandingTag({ standing: s, onWhy }: { standing: Standing; onWhy: (verdictID: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const label = s.code === '' ? t('kit.grade.none') : text(s.label) || s.code
  return <GradeTag label={label} tone={s.code === '' ? 'low' : toneOf(s.tone)} onWhy={() => onWhy(s.verdict_id)} />
}

/** The verdicts that count now, one line per rulebook, and those before them. */
export function Standings({ record, onWhy }: { record: RecordView; onWhy: (verdictID: string) => void }) {
  const { t } = useTranslation()
  const [history, setHistory] = useState(false)
  return (
    <Panel title={t('record.verdicts')}>
      {record.standings.length === 0 ? (
        <p className="muted">{t('record.no_verdicts')}</p>
      ) : (
        <ul className="standings">
          {record.standings.map((s) => (
            <Line key={s.scheme} customerID={record.id} standing={s} onWhy={onWhy} />
          ))}
        </ul>
      )}
      {record.standings.length > 0 && (
        <button type="button" className="text-button" aria-expanded={history} onClick={() => setHistory(!history)}>
          {t(history ? 'record.hide_history' : 'record.show_history')}
        </button>
      )}
      {history && (
        <Suspense fallback={<SkeletonLines lines={3} />}>
          <VerdictHistory id={record.id} onWhy={onWhy} />
        </Suspense>
      )}
    </Panel>
  )
}

interface LineProps {
  customerID: string
  standing: Standing
  onWhy: (verdictID: string) => void
}

function Line({ customerID, standing: s, onWhy }: LineProps) {
  const { t } = useTranslation()
  const text = useText()
  const schemes = useSchemes().data?.items
  const known = schemes?.find((x) => x.rulebook === s.rulebook && x.scheme.id === s.scheme)
  const several = (schemes?.filter((x) => x.rulebook === s.rulebook).length ?? 0) > 1
  const book = text(known?.title) || s.rulebook
  const title = several ? `${book} · ${text(known?.scheme.title) || s.scheme}` : book
  const unit = known?.scheme.score_unit ?? ''
  return (
    <li>
      <span className="row">
        <StandingTag standing={s} onWhy={onWhy} />
        <span className="standing-book">{title}</span>
      </span>
      <span className="standing-facts num">
        {s.score && <span>{unit === 'money' ? decimal(s.score) : valueText(t, s.score, unit)}</span>}
        <span className="muted">{t('record.since', { day: s.since })}</span>
      </span>
      <span className="grow" />
      {s.next?.missing && (
        <span className="standing-next num">
          {t('record.next', { grade: text(s.next.title), missing: valueText(t, s.next.missing, s.next.unit) })}
        </span>
      )}
      <button type="button" className="text-button" onClick={() => onWhy(s.verdict_id)}>
        {t('record.why')}
      </button>
      <Appeal
        customerID={customerID}
        standing={s}
        grade={s.code === '' ? t('kit.grade.none') : text(s.label) || s.code}
      />
      <Proposal customerID={customerID} standing={s} />
    </li>
  )
}

/** A better grade that waits for signatures: who decides on it, or the way to apply for it. */
function Proposal({ customerID, standing: s }: Omit<LineProps, 'onWhy'>) {
  const { t } = useTranslation()
  const text = useText()
  const mayStart = usePermission('procedure.start')
  const { data, error, refetch } = api.useQuery('get', '/api/v1/customers/{id}/grade-proposals', {
    params: { path: { id: customerID } },
  })
  if (error && !data) return <ErrorState inline error={error} onRetry={() => void refetch()} />
  const p = data?.items.find((x) => x.rulebook === s.rulebook && x.scheme === s.scheme)
  if (!p) return null
  return (
    <span className="standing-proposal">
      <StatusDot
        tone={p.state === 'dismissed' ? 'neutral' : 'active'}
        label={t('record.proposal.is', { grade: text(p.title) })}
      />
      {p.state === 'refused' && <span className="muted">{t('record.proposal.refused')}</span>}
      {p.state === 'dismissed' && <span className="muted">{t('record.proposal.dismissed', { note: p.note })}</span>}
      {p.state === 'asked' && (
        <CaseLink className="link" to={`/cases/${p.case_id}`}>
          {t('record.proposal.asked')}
        </CaseLink>
      )}
      {p.state !== 'asked' && mayStart && p.procedure && (
        <CaseLink className="link" to={applyLink(p, text)}>
          {t('record.proposal.apply')}
        </CaseLink>
      )}
    </span>
  )
}

/** The way to appeal against a grade, where a regulation has one: the form knows what it is about. */
function Appeal({ customerID, standing: s, grade }: Omit<LineProps, 'onWhy'> & { grade: string }) {
  const { t } = useTranslation()
  const mayStart = usePermission('procedure.start')
  const { data, error, refetch } = api.useQuery('get', '/api/v1/procedures', {}, { enabled: mayStart })
  if (error && !data) return <ErrorState inline error={error} onRetry={() => void refetch()} />
  const all = data?.items.filter((p) => p.definition?.kind === 'appeal') ?? []
  const p = all.find((x) => x.rulebook === s.rulebook) ?? all[0]
  if (!p) return null
  const fill = encodeURIComponent(JSON.stringify({ scheme: s.scheme, standing: grade }))
  return (
    <CaseLink
      className="text-button"
      to={`/cases?start=${p.rulebook}/${p.definition?.key}&customer=${customerID}&fill=${fill}`}
    >
      {t('record.appeal')}
    </CaseLink>
  )
}
