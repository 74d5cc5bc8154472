import { useNavigate } from '@tanstack/react-router'
import { App, Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { type ApiError, asApiError, errorText, sentence } from '@/api/error'
import { customerPath } from '@/kit/CustomerLink'
import { decimal } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGradeIn } from '@/kit/grades'
import { JudgeInput } from '@/kit/JudgeInput'
import { QueryView } from '@/kit/Loading'
import { RecordPanel } from '@/kit/RecordPanel'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { useShortcut } from '@/kit/useShortcut'
import { valueText } from '@/kit/whyOf'
import { type Line, LineState } from './LinesTab'
import { type Review, type TabProps, useReviewChanged } from './ReviewPage'
import { Versions } from './Versions'

type RatingForm = Schemas['ReviewFormView']
type Item = Schemas['ReviewFormItemView']
type Filled = Record<string, { value: string; reason: string }>

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

const filledOf = (f: RatingForm): Filled =>
  Object.fromEntries(f.items.map((i) => [i.item, { value: i.value, reason: i.reason }]))

/** What changed on the form against what the server holds. */
export const changedItems = (f: RatingForm, filled: Filled): { item: string; value: string; reason: string }[] =>
  f.items
    .filter((i) => i.may_judge)
    .map((i) => ({ item: i.item, value: filled[i.item]?.value ?? '', reason: filled[i.item]?.reason ?? '' }))
    .filter((v) => v.value !== (f.items.find((i) => i.item === v.item)?.value ?? ''))

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
  const form = r.steps.find((s) => s.do === 'rate')?.form
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
      {form && <p className="muted">{form}</p>}
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

/** Items that follow from facts: value, points, and the band that matched. */
function Computed({ form: f }: { form: RatingForm }) {
  const { t } = useTranslation()
  const text = useText()
  const judged = new Set(f.items.map((i) => i.item))
  const items = (f.explanation.items ?? []).filter((i) => !judged.has(i.item))
  if (items.length === 0) return null
  return (
    <section aria-label={t('review.form.computed')}>
      <h3>{t('review.form.computed')}</h3>
      <ul className="why-items">
        {items.map((i) => (
          <li key={i.item}>
            <div className="why-line">
              <span>{text(i.title)}</span>
              <span className="grow" />
              <span className="muted num">{valueText(t, i.value, i.unit) || t('kit.why.no_data')}</span>
              <span className="num why-points">
                {decimal(i.points)}
                <small> / {decimal(i.max)}</small>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ItemProps {
  item: Item
  form: RatingForm
  review: Review
  filled: { value: string; reason: string }
  failure?: ApiError
  /** In the meeting one reason counts for all. */
  byChair: boolean
  onChange: (patch: Partial<{ value: string; reason: string }>) => void
}

function JudgedItem({ item: i, form: f, review: r, filled, failure, byChair, onChange }: ItemProps) {
  const { t } = useTranslation()
  const text = useText()
  const label = text(i.title) || i.item
  const wrong = failure?.fields.find((x) => x.path === `values.${i.item}` || x.path.startsWith(`values.${i.item}.`))
  const changed = filled.value !== i.given
  return (
    <div className="review-item">
      <div className="why-line">
        <b>{label}</b>
        <span className="grow" />
        {i.given && <span className="muted">{t('review.form.given', { value: i.given })}</span>}
      </div>
      {i.may_judge ? (
        <JudgeInput item={i} value={filled.value} onChange={(value) => onChange({ value })} />
      ) : (
        <span className="muted">
          {answer(text, i, filled.value) || t('review.form.not_judged')} ·{' '}
          {t('review.form.judged_by', { by: text(i.by_title) || i.by })}
        </span>
      )}
      {i.may_judge && changed && !byChair && (
        <Input
          aria-label={t('review.form.reason_of', { item: label })}
          placeholder={t('review.form.reason')}
          value={filled.reason}
          maxLength={1000}
          onChange={(e) => onChange({ reason: e.target.value })}
        />
      )}
      {wrong && <span className="review-wrong">{sentence(t, wrong.code, wrong.args)}</span>}
      <Files item={i} form={f} review={r} />
    </div>
  )
}

const answer = (text: (t: { zh: string; en: string }) => string, i: Item, value: string): string => {
  const a = i.values.find((v) => v.code === value)
  return a ? text(a.title) : value
}

/** Evidence for an item: what is there, and a way to add more while the form is open. */
function Files({ item: i, form: f, review: r }: { item: Item; form: RatingForm; review: Review }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const changed = useReviewChanged()
  const base = `/api/v1/reviews/${r.id}/lines/${f.customer_id}/items/${i.item}/files/`
  const add = async (list: FileList | null) => {
    const file = list?.[0]
    if (!file) return
    try {
      const { data: up } = await http.POST('/api/v1/files', {
        body: { file },
        bodySerializer: () => {
          const form = new FormData()
          form.append('file', file, file.name)
          return form
        },
      })
      if (!up) return
      await http.PUT('/api/v1/reviews/{id}/lines/{customer}/items/{item}/files/{file}', {
        params: { path: { id: r.id, customer: f.customer_id, item: i.item, file: up.id } },
      })
      await changed()
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return (
    <div className="row review-files">
      {i.files.map((x) => (
        <a key={x.id} className="link" href={base + x.id} download>
          {x.name}
        </a>
      ))}
      {i.may_judge && (
        <label className="review-add">
          <input
            type="file"
            className="offscreen"
            accept="image/*,.pdf,.doc,.docx,.xls,.xlsx"
            onChange={(e) => void add(e.target.files)}
          />
          {t('review.form.add_file')}
        </label>
      )}
    </div>
  )
}

interface PartProps {
  form: RatingForm
  review: Review
  filled: Filled
  onFail: (e: ApiError | undefined) => void
  next?: () => void
}

/** useSend sends what somebody filled in; what is refused stays on the form. */
function useSend(onFail: PartProps['onFail']) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const changed = useReviewChanged()
  const [busy, setBusy] = useState(false)
  const send = async (work: () => Promise<unknown>, done: string, then?: () => void) => {
    setBusy(true)
    onFail(undefined)
    try {
      await work()
      void message.success(done)
      then?.()
      await changed()
    } catch (e) {
      const failure = asApiError(e)
      onFail(failure)
      void message.error(failure.fields.length > 0 ? t('review.form.incomplete') : errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return { busy, send }
}

/** The first round: a draft, or handing in. */
function RatingPart({
  form: f,
  review: r,
  filled,
  note,
  setNote,
  onFail,
  next,
}: PartProps & { note: string; setNote: (v: string) => void }) {
  const { t } = useTranslation()
  const { busy, send } = useSend(onFail)
  const values = f.items
    .filter((i) => i.may_judge && filled[i.item]?.value)
    .map((i) => ({ item: i.item, value: filled[i.item]?.value ?? '', reason: filled[i.item]?.reason ?? '' }))
  const request = {
    params: { path: { id: r.id, customer: f.customer_id }, header: { 'If-Match': `"${f.version_no}"` } },
    body: { values, note },
  }
  return (
    <section className="stack">
      <Input.TextArea
        rows={3}
        aria-label={t('review.form.note')}
        placeholder={t('review.form.note_hint')}
        value={note}
        maxLength={2000}
        onChange={(e) => setNote(e.target.value)}
      />
      <div className="row">
        <Button
          loading={busy}
          onClick={() =>
            void send(() => http.PUT('/api/v1/reviews/{id}/lines/{customer}/draft', request), t('review.form.saved'))
          }
        >
          {t('review.form.save')}
        </Button>
        <Button
          type="primary"
          loading={busy}
          onClick={() =>
            void send(
              () => http.POST('/api/v1/reviews/{id}/lines/{customer}/submit', request),
              t('review.form.submitted'),
              next,
            )
          }
        >
          {t('review.form.submit')}
        </Button>
      </div>
    </section>
  )
}

/** The meeting: confirm, change items, or decide on the grade, with a reason. */
function MeetingPart({ form: f, review: r, filled, onFail, next }: PartProps) {
  const { t } = useTranslation()
  const text = useText()
  const { busy, send } = useSend(onFail)
  const [grade, setGrade] = useState<string>()
  const [reason, setReason] = useState('')
  const values = changedItems(f, filled)
  const changes = values.length > 0 || grade !== undefined
  const meet = () =>
    void send(
      () =>
        http.POST('/api/v1/reviews/{id}/lines/{customer}/meeting', {
          params: { path: { id: r.id, customer: f.customer_id }, header: { 'If-Match': `"${f.version_no}"` } },
          body: { values, grade: grade ?? '', reason },
        }),
      t(changes ? 'review.meet.changed' : 'review.meet.confirmed'),
      next,
    )
  useShortcut('k', meet, { label: t('review.meet.confirm'), group: t('review.tab.meeting'), when: !changes && !busy })
  return (
    <section className="stack" aria-label={t('review.tab.meeting')}>
      <h3>{t('review.tab.meeting')}</h3>
      <Select
        allowClear
        aria-label={t('review.meet.grade')}
        placeholder={t('review.meet.grade')}
        value={grade}
        onChange={setGrade}
        options={(r.scheme.labels ?? []).map((l) => ({ value: l.code, label: text(l.title) }))}
      />
      {changes && (
        <Input.TextArea
          rows={2}
          aria-label={t('review.meet.reason')}
          placeholder={t('review.meet.reason')}
          value={reason}
          maxLength={2000}
          onChange={(e) => setReason(e.target.value)}
        />
      )}
      <div className="row">
        <Button type="primary" loading={busy} disabled={changes && reason.trim() === ''} onClick={meet}>
          {t(changes ? 'review.meet.change' : 'review.meet.confirm')}
        </Button>
        {!changes && <span className="muted">{t('review.meet.keys')}</span>}
      </div>
    </section>
  )
}

/** Gives a customer back, or lets what was said after closing take effect. */
function ReopenPart({ form: f, review: r }: { form: RatingForm; review: Review }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const changed = useReviewChanged()
  const [reason, setReason] = useState('')
  const path = { params: { path: { id: r.id, customer: f.customer_id } } }
  if (r.state === 'closed' && f.state === 'reopened' && r.may_manage)
    return (
      <Button
        onClick={() =>
          void confirm({
            title: t('review.effect.title'),
            text: t('review.effect.text'),
            ok: t('review.effect.do'),
            action: async () => {
              await http.POST('/api/v1/reviews/{id}/lines/{customer}/effect', path)
              await changed()
            },
          })
        }
      >
        {t('review.effect.do')}
      </Button>
    )
  if (!f.may_reopen) return null
  return (
    <details>
      <summary className="muted">{t('review.reopen.title')}</summary>
      <div className="row">
        <Input
          aria-label={t('review.reopen.reason')}
          placeholder={t('review.reopen.reason')}
          value={reason}
          maxLength={1000}
          onChange={(e) => setReason(e.target.value)}
        />
        <Button
          disabled={reason.trim() === ''}
          onClick={() =>
            void confirm({
              title: t('review.reopen.title'),
              text: t('review.reopen.text'),
              ok: t('review.reopen.do'),
              action: async () => {
                await http.POST('/api/v1/reviews/{id}/lines/{customer}/reopen', { ...path, body: { reason } })
                await changed()
              },
            })
          }
        >
          {t('review.reopen.do')}
        </Button>
      </div>
    </details>
  )
}
