import { Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { type Ask, type Review, useReviewChanged } from './ReviewPage'

interface Props {
  review: Review
  onClose: () => void
}

/** The forms of a campaign's next steps. */
export default function Drawers({ what, ...p }: Props & { what: Ask }) {
  if (what === 'meet') return <MeetDrawer {...p} />
  if (what === 'close') return <CloseDrawer {...p} />
  if (what === 'delegate') return <DelegateDrawer {...p} />
  return <WithdrawDrawer {...p} />
}

function MeetDrawer({ review: r, onClose }: Props) {
  const { t } = useTranslation()
  const changed = useReviewChanged()
  const open = r.totals.customers - r.totals.rated
  return (
    <FormDrawer<{ on: string; people?: string; note?: string }>
      open
      title={t('review.meet.title')}
      initial={{ on: r.today }}
      submitText={t('review.meet.do')}
      done={t('review.meet.done')}
      onSubmit={async (v) => {
        await http.POST('/api/v1/reviews/{id}/meeting', { params: { path: { id: r.id } }, body: v })
        await changed()
      }}
      onClose={onClose}
    >
      <p className="form-about muted">{t('review.meet.hint', { n: open })}</p>
      <Form.Item name="on" label={t('review.meeting_on')} rules={[{ required: true, message: t('kit.form.required') }]}>
        <DateInput max={r.today} />
      </Form.Item>
      <Form.Item name="people" label={t('review.meeting_people')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item name="note" label={t('review.meeting_note')}>
        <Input.TextArea rows={4} maxLength={4000} />
      </Form.Item>
    </FormDrawer>
  )
}

function CloseDrawer({ review: r, onClose }: Props) {
  const { t } = useTranslation()
  const changed = useReviewChanged()
  const open = r.totals.customers - r.totals.rated
  const query = api.useQuery(
    'get',
    '/api/v1/reviews/{id}/lines',
    { params: { path: { id: r.id }, query: { state: 'unrated', limit: 20 } } },
    { enabled: open > 0 },
  )
  return (
    <FormDrawer<{ sure?: boolean }>
      open
      title={t('review.close.title')}
      submitText={t('review.close.do')}
      done={t('review.close.done')}
      onSubmit={async () => {
        await http.POST('/api/v1/reviews/{id}/close', { params: { path: { id: r.id } }, body: { unrated: open } })
        await changed()
      }}
      onClose={onClose}
    >
      <p className="form-about">{t('review.close.text', { day: r.effective_on })}</p>
      {open > 0 && (
        <>
          <p className="muted">{t('review.close.unrated', { n: open })}</p>
          <ul className="review-planned">
            {(query.data?.items ?? []).map((l) => (
              <li key={l.customer_id} className="row">
                <span>{l.name}</span>
                <span className="muted num">{l.code}</span>
              </li>
            ))}
          </ul>
          <Form.Item
            name="sure"
            valuePropName="checked"
            rules={[
              {
                validator: (_, v) =>
                  v ? Promise.resolve() : Promise.reject(new Error(t('review.close.confirm_first'))),
              },
            ]}
          >
            <Checkbox>{t('review.close.confirm', { n: open })}</Checkbox>
          </Form.Item>
        </>
      )}
    </FormDrawer>
  )
}

function WithdrawDrawer({ review: r, onClose }: Props) {
  const { t } = useTranslation()
  const changed = useReviewChanged()
  return (
    <FormDrawer<{ reason: string }>
      open
      title={t('review.withdraw.title')}
      submitText={t('review.withdraw.do')}
      done={t('review.withdraw.done')}
      onSubmit={async (v) => {
        await http.POST('/api/v1/reviews/{id}/withdraw', { params: { path: { id: r.id } }, body: v })
        await changed()
      }}
      onClose={onClose}
    >
      <p className="form-about muted">{t('review.withdraw.text')}</p>
      <Form.Item
        name="reason"
        label={t('review.reopen.reason')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}

function DelegateDrawer({ review: r, onClose }: Props) {
  const { t } = useTranslation()
  const changed = useReviewChanged()
  const [q, setQ] = useState('')
  const people = api.useQuery('get', '/api/v1/reviews/colleagues', { params: { query: { q } } })
  return (
    <FormDrawer<{ to: string; until_on: string }>
      open
      title={t('review.delegate.title')}
      initial={{ until_on: r.closes_on }}
      submitText={t('review.delegate.do')}
      done={t('review.delegate.done')}
      onSubmit={async (v) => {
        await http.POST('/api/v1/reviews/{id}/delegations', { params: { path: { id: r.id } }, body: v })
        await changed()
      }}
      onClose={onClose}
    >
      <p className="form-about muted">{t('review.delegate.hint')}</p>
      <Form.Item
        name="to"
        label={t('review.delegate.to')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <Select
          showSearch={{ filterOption: false, onSearch: setQ }}
          options={(people.data?.items ?? []).map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
      <Form.Item
        name="until_on"
        label={t('review.delegate.until')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <DateInput min={r.today} />
      </Form.Item>
    </FormDrawer>
  )
}
