import { App, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { type ApiError, errorText, sentence } from '@/api/error'
import { decimal } from '@/kit/format'
import { JudgeInput } from '@/kit/JudgeInput'
import { useText } from '@/kit/text'
import { valueText } from '@/kit/whyOf'
import { type Review, useReviewChanged } from './ReviewPage'
import { answer, type Item, type RatingForm } from './sheet'

/** Items that follow from facts: value, points, and the band that matched. */
export function Computed({ form: f }: { form: RatingForm }) {
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
              <span className="muted num">{valueText(t, i.value, i.unit) || t('why.no_data')}</span>
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

/** One judged item: its value, the reason where it changes, and evidence. */
export function JudgedItem({ item: i, form: f, review: r, filled, failure, byChair, onChange }: ItemProps) {
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
