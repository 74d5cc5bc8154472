import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { toneOf, useSchemes } from '@/kit/grades'
import { SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
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
            <Line key={s.scheme} standing={s} onWhy={onWhy} />
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

function Line({ standing: s, onWhy }: { standing: Standing; onWhy: (verdictID: string) => void }) {
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
    </li>
  )
}
