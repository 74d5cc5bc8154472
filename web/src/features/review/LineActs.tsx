import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { type ApiError, asApiError, errorText } from '@/api/error'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { useShortcut } from '@/kit/useShortcut'
import { type Review, useReviewChanged } from './ReviewPage'
import { changedItems, type Filled, type RatingForm } from './sheet'

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
export function RatingPart({
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
export function MeetingPart({ form: f, review: r, filled, onFail, next }: PartProps) {
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
export function ReopenPart({ form: f, review: r }: { form: RatingForm; review: Review }) {
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
