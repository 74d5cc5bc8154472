import { Button, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { Choice } from '@/kit/Choice'
import { ErrorState } from '@/kit/ErrorState'
import type { Key, PublicCase } from './data'

const marks = ['1', '2', '3', '4', '5'] as const

/** How satisfied the customer is: once, and corrected within some days. */
export function RateForm({ of: c, by, onChange }: { of: PublicCase; by: Key; onChange: (of: PublicCase) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [keyFor] = useKeyFor()
  const [score, setScore] = useState(c.rating ? String(c.rating.score) : '')
  const [remark, setRemark] = useState(c.rating?.remark ?? '')
  const [busy, setBusy] = useState(false)
  const [changing, setChanging] = useState(!c.rating)
  const [failure, setFailure] = useState<unknown>()
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      const body = { ...by, score: Number(score), remark: remark.trim() || undefined }
      const { data } = await http.POST('/api/v1/public/cases/rating', { params: { header: keyFor(body) }, body })
      setChanging(false)
      if (data) onChange(data)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  if (c.rating && !changing)
    return (
      <div className="stack" role="status">
        <p>
          <b>{t(`public.rate.mark.${c.rating.score}`)}</b> <span className="muted num">{c.rating.score} / 5</span>
        </p>
        {c.rating.remark && <p>{c.rating.remark}</p>}
        {c.may_rate && (
          <div className="card-row">
            <Button onClick={() => setChanging(true)}>{t('public.rate.correct')}</Button>
            <span className="muted">{t('public.rate.until', { day: c.rating.until })}</span>
          </div>
        )}
      </div>
    )
  return (
    <form className="stack" onSubmit={(e) => void submit(e)}>
      {failure !== undefined && <ErrorState inline error={failure} />}
      <p>{t('public.rate.ask')}</p>
      <div className="marks">
        <Choice
          label={t('public.rate.ask')}
          value={score}
          onChange={setScore}
          options={marks.map((m) => ({ value: m as string, label: t(`public.rate.mark.${m}`) }))}
        />
      </div>
      <div className="labelled">
        <label htmlFor={id}>{t('public.rate.remark')}</label>
        <Input.TextArea id={id} rows={3} maxLength={2000} value={remark} onChange={(e) => setRemark(e.target.value)} />
      </div>
      <Button type="primary" htmlType="submit" loading={busy} disabled={score === ''}>
        {t('public.rate.do')}
      </Button>
    </form>
  )
}
