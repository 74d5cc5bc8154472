import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { CalendarPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil, useFormat } from '@/kit/format'
import { useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import './review.css'

export type Review = Schemas['ReviewView']

const tones: Record<Review['state'], StatusTone> = {
  opening: 'active',
  rating: 'active',
  meeting: 'active',
  closing: 'active',
  closed: 'ok',
  withdrawn: 'neutral',
}

/** Where a campaign stands. */
export function ReviewState({ review: r }: { review: Review }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`review.state.${r.state}`)} tone={r.late ? 'bad' : tones[r.state]} />
}

/** The campaigns there were, the one under way, and those the calendar will open. */
export default function ReviewsPage() {
  const { t } = useTranslation()
  const [opening, setOpening] = useState(false)
  const mayOpen = usePermission('grading.run', 'all')
  const query = api.useQuery('get', '/api/v1/reviews', { params: { query: { limit: 50 } } })
  return (
    <Page
      title={t('review.title')}
      actions={
        <>
          <Link to="/grading/proposals">
            <Button>{t('review.proposal.title')}</Button>
          </Link>
          <Link to="/grading/checks">
            <Button>{t('review.check.title')}</Button>
          </Link>
          {mayOpen && (
            <Button
              type="primary"
              icon={<CalendarPlus size={16} strokeWidth={1.75} />}
              onClick={() => setOpening(true)}
            >
              {t('review.open.do')}
            </Button>
          )}
        </>
      }
    >
      <Planned />
      <QueryView query={query} lines={6}>
        {(q) =>
          q.items.length > 0 ? (
            <Panel title={t('review.campaigns')}>
              <Campaigns list={q.items} />
            </Panel>
          ) : (
            <EmptyState title={t('review.none')} hint={t('review.none_hint')} />
          )
        }
      </QueryView>
      {opening && <OpenDrawer onClose={() => setOpening(false)} />}
    </Page>
  )
}

function Campaigns({ list }: { list: Review[] }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  return (
    <PlainTable<Review>
      caption={t('review.campaigns')}
      rows={list}
      rowKey={(r) => r.id}
      columns={[
        {
          key: 'title',
          title: t('review.campaign'),
          head: true,
          render: (r) => (
            <Link className="link" to="/grading/reviews/$id" params={{ id: r.id }} search={{}}>
              {text(r.title)}
            </Link>
          ),
        },
        { key: 'book', title: t('review.rulebook'), render: (r) => `${text(r.rulebook_title)} ${r.version}` },
        { key: 'state', title: t('review.stands'), render: (r) => <ReviewState review={r} /> },
        { key: 'days', title: t('review.days'), num: true, render: (r) => `${r.opens_on} – ${r.closes_on}` },
        {
          key: 'rated',
          title: t('review.rated'),
          num: true,
          right: true,
          render: (r) => t('review.of', { n: num(r.totals.rated), all: num(r.totals.customers) }),
        },
        {
          key: 'mine',
          title: t('review.for_me'),
          num: true,
          right: true,
          render: (r) => num(r.to_rate),
        },
      ]}
    />
  )
}

function Planned() {
  const { t } = useTranslation()
  const text = useText()
  const query = api.useQuery('get', '/api/v1/reviews/planned', { params: { query: { days: 400 } } })
  const list = query.data?.items ?? []
  if (list.length === 0) return null
  return (
    <Panel title={t('review.planned')}>
      <ul className="review-planned">
        {list.map((p) => (
          <li key={p.rulebook} className="row">
            <span>{text(p.title)}</span>
            <span className="muted num">
              <DateText value={p.from} /> – <DateText value={p.to} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

interface OpenForm {
  rulebook: string
  rate_by?: string
  closes_on?: string
  effective_on?: string
  note?: string
}

/** Opens a campaign by hand; days that are left out follow from the rulebook. */
function OpenDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const schemes = useSchemes()
  const today = civil(new Date())
  const books = (schemes.data?.items ?? []).filter(
    (s, i, all) => s.adopted && all.findIndex((x) => x.rulebook === s.rulebook) === i,
  )
  const submit = async (v: OpenForm) => {
    const { data } = await http.POST('/api/v1/reviews', { body: v })
    if (data) void navigate({ to: '/grading/reviews/$id', params: { id: data.review_id }, search: {} })
  }
  return (
    <FormDrawer<OpenForm>
      open
      title={t('review.open.title')}
      initial={{ rulebook: books[0]?.rulebook }}
      submitText={t('review.open.do')}
      done={t('review.open.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about muted">{t('review.open.hint')}</p>
      <Form.Item
        name="rulebook"
        label={t('review.rulebook')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <Select options={books.map((s) => ({ value: s.rulebook, label: text(s.title) }))} />
      </Form.Item>
      <Form.Item name="rate_by" label={t('review.rate_by')} extra={t('review.open.rate_by_hint')}>
        <DateInput min={today} />
      </Form.Item>
      <div className="two">
        <Form.Item name="closes_on" label={t('review.closes_on')}>
          <DateInput min={today} />
        </Form.Item>
        <Form.Item name="effective_on" label={t('review.effective_on')}>
          <DateInput min={today} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('review.note')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}
