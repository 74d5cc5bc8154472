import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import type { ApiError } from '@/api/error'
import { customerPath } from '@/kit/CustomerLink'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { RecordPanel } from '@/kit/RecordPanel'
import { useText } from '@/kit/text'
import { Forms } from './Forms'
import { MeetingPart, RatingPart, ReopenPart } from './LineActs'
import { Computed, JudgedItem } from './LineItems'
import { type Line, LineState } from './LinesTab'
import type { Review, TabProps } from './ReviewPage'
import { answer, changedItems, type Filled, filledOf, type RatingForm } from './sheet'
import { Versions } from './Versions'

interface Props {
  review: Review
  /** The loaded rows of the list, for previous and next. */
  rows: Line[]
  /** Id of the customer. */
  open: string
  set: TabProps['set']
}

/** The rating form of a customer beside the list. */
export default function LinePanel({ review: r, rows, open, set }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const words = useGradeIn(r.scheme)
  const i = rows.findIndex((l) => l.customer_id === open)
  const query = api.useQuery('get', '/api/v1/reviews/{id}/lines/{customer}', {
    params: { path: { id: r.id, customer: open } },
  })
  const line = query.data ?? rows[i]
  const go = (to: Line | undefined) => to && (() => set({ open: to.customer_id }))
  const next = go(rows[i + 1])
  return (
    <RecordPanel
      open
      title={line?.name ?? t('review.form.title')}
      badges={line && (line.rated || line.met) ? <GradeTag {...words(line.outcome)} /> : undefined}
      onClose={() => set({ open: undefined })}
      onPrevious={go(rows[i - 1])}
      onNext={next}
      onExpand={() => void navigate({ href: customerPath(open) })}
    >
      <QueryView query={query} lines={12}>
        {(f) => <Sheet key={`${f.customer_id}/${f.version_no}`} form={f} review={r} next={next} />}
      </QueryView>
    </RecordPanel>
  )
}

function Sheet({ form: f, review: r, next }: { form: RatingForm; review: Review; next?: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const words = useGradeIn(r.scheme)
  const [filled, setFilled] = useState<Filled>(() => filledOf(f))
  const [note, setNote] = useState(f.note)
  const [failure, setFailure] = useState<ApiError>()
  const now = useNow(f, r, filled)
  const set = (item: string, patch: Partial<{ value: string; reason: string }>) =>
    setFilled({ ...filled, [item]: { value: '', reason: '', ...filled[item], ...patch } })
  return (
    <div className="stack">
      <div className="row">
        <LineState line={f} />
        <span className="muted num">{f.code}</span>
        {f.newcomer && <span className="muted">{t('review.newcomer')}</span>}
        <span className="grow" />
        <span className="muted">{t('review.form.now')}</span>
        <GradeTag {...words(now.code)} />
        <b className="num">{now.score ? decimal(now.score) : '—'}</b>
      </div>
      <Forms form={f} review={r} />
      <Computed form={f} />
      <section className="stack" aria-label={t('review.form.judged')}>
        <h3>{t('review.form.judged')}</h3>
        {f.items.map((i) => (
          <JudgedItem
            key={i.item}
            item={i}
            form={f}
            review={r}
            filled={filled[i.item] ?? { value: '', reason: '' }}
            failure={failure}
            byChair={f.may_meet}
            onChange={(patch) => set(i.item, patch)}
          />
        ))}
      </section>
      {f.may_meet ? (
        <MeetingPart form={f} review={r} filled={filled} onFail={setFailure} next={next} />
      ) : (
        f.may_rate && (
          <RatingPart
            form={f}
            review={r}
            filled={filled}
            note={note}
            setNote={setNote}
            onFail={setFailure}
            next={next}
          />
        )
      )}
      <ReopenPart form={f} review={r} />
      <Versions
        form={f}
        words={(code) => words(code)}
        title={(item) => text(f.items.find((i) => i.item === item)?.title) || item}
        said={(item, value) => {
          const i = f.items.find((x) => x.item === item)
          return i ? answer(text, i, value) : value
        }}
      />
    </div>
  )
}

/** useNow works the customer out with what is on the form, a moment after typing ends. */
function useNow(f: RatingForm, r: Review, filled: Filled): { code: string; score: string } {
  const [now, setNow] = useState({ code: f.now_code, score: f.now_score })
  const changed = JSON.stringify(changedItems(f, filled))
  useEffect(() => {
    const values = JSON.parse(changed) as { item: string; value: string; reason: string }[]
    if (values.length === 0) {
      setNow({ code: f.now_code, score: f.now_score })
      return
    }
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const { data } = await http.POST('/api/v1/reviews/{id}/lines/{customer}/preview', {
          params: { path: { id: r.id, customer: f.customer_id } },
          body: { values },
          signal: stop.signal,
        })
        if (data) setNow({ code: data.code, score: data.score })
      } catch {
        // What is wrong with a value is said where it is handed in.
      }
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [changed, f, r.id])
  return now
}

const PAUSE_MS = 400
