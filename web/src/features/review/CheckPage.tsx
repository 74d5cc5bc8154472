import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { Download, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateInput } from '@/kit/DateInput'
import { DateText } from '@/kit/DateText'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil, useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Fields, KeyFigures, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { usePermission } from '@/kit/usePermission'
import { type Check, CheckState } from './ChecksPage'
import './review.css'

type CheckPageView = Schemas['ReviewCheckPage']
type Item = Schemas['ReviewCheckItemView']

const route = getRouteApi('/shell/grading/checks/$id')

const tones: Record<string, StatusTone> = { open: 'neutral', fine: 'ok', finding: 'warn', corrected: 'ok' }

/** One spot check: its figures, its customers, and what was found about them. */
export default function CheckPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const query = api.useQuery('get', '/api/v1/spot-checks/{id}', { params: { path: { id } } })
  if (query.data) return <Loaded check={query.data} />
  return (
    <Page title={t('review.check.title')}>
      <QueryView query={query} lines={8}>
        {() => null}
      </QueryView>
    </Page>
  )
}

function Loaded({ check: c }: { check: CheckPageView }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const mayExport = usePermission('customer.export')
  const [edited, setEdited] = useState<Item>()
  const file = (format: 'xlsx' | 'pdf') => `/api/v1/spot-checks/${c.id}/export?format=${format}&lang=${i18n.language}`
  return (
    <Page
      title={t('review.check.one', { day: c.on })}
      badges={<CheckState check={c} />}
      back={{ label: t('review.check.title'), onClick: () => void navigate({ to: '/grading/checks' }) }}
      actions={
        mayExport && (
          <>
            <a href={file('pdf')} download>
              <Button icon={<Printer size={16} strokeWidth={1.75} />}>{t('review.print')}</Button>
            </a>
            <a href={file('xlsx')} download>
              <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('review.check.export')}</Button>
            </a>
          </>
        )
      }
    >
      <Figures check={c} />
      <Panel title={t('review.check.customers')}>
        <Customers check={c} onEdit={setEdited} />
      </Panel>
      {edited && <FindDrawer check={c} item={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  )
}

function Figures({ check: c }: { check: Check }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const grade = useGrades()
  const seen = c.size - (c.counts.open ?? 0)
  return (
    <Panel>
      <KeyFigures
        items={[
          { label: t('review.check.seen'), value: t('review.of', { n: num(seen), all: num(c.size) }) },
          { label: t('review.check.state.fine'), value: num(c.counts.fine ?? 0) },
          { label: t('review.check.state.finding'), value: num(c.counts.finding ?? 0) },
          { label: t('review.check.state.corrected'), value: num(c.counts.corrected ?? 0) },
          { label: t('review.check.late'), value: num(c.overdue) },
        ]}
      />
      <Fields
        items={[
          {
            label: t('review.grade'),
            value: c.grade ? <GradeTag {...grade(c.scheme, c.grade)} /> : t('review.check.all_grades'),
          },
          { label: t('review.check.population'), value: num(c.population) },
          { label: t('review.check.seed'), value: <span className="num">{c.seed}</span> },
          { label: t('review.check.by'), value: c.by },
          { label: t('review.note'), value: c.note, wide: true },
        ]}
      />
    </Panel>
  )
}

function Customers({ check: c, onEdit }: { check: CheckPageView; onEdit: (i: Item) => void }) {
  const { t } = useTranslation()
  const grade = useGrades()
  const mayFind = usePermission('grading.run', 'all')
  const mayCorrect = usePermission('grading.judge')
  return (
    <PlainTable<Item>
      caption={t('review.check.customers')}
      rows={c.items}
      rowKey={(i) => i.customer_id}
      columns={[
        {
          key: 'name',
          title: t('review.customer'),
          head: true,
          render: (i) => <CustomerLink id={i.customer_id}>{i.name}</CustomerLink>,
        },
        {
          key: 'grade',
          title: t('review.check.grade_then'),
          render: (i) => <GradeTag {...grade(c.scheme, i.grade)} />,
        },
        { key: 'owner', title: t('review.owner'), render: (i) => i.owner_name || '—' },
        {
          key: 'state',
          title: t('review.check.result'),
          render: (i) => <StatusDot tone={tones[i.state] ?? 'neutral'} label={t(`review.check.state.${i.state}`)} />,
        },
        { key: 'finding', title: t('review.check.finding'), render: (i) => i.finding || '—' },
        { key: 'due', title: t('review.check.due'), render: (i) => (i.due_on ? <DateText value={i.due_on} /> : '—') },
        { key: 'done', title: t('review.check.done_note'), render: (i) => i.done_note || '—' },
        {
          key: 'do',
          title: '',
          render: (i) =>
            (mayFind || (mayCorrect && i.state === 'finding')) && (
              <button type="button" className="link review-link" onClick={() => onEdit(i)}>
                {t(i.state === 'finding' ? 'review.check.correct' : 'review.check.find')}
              </button>
            ),
        },
      ]}
    />
  )
}

interface FindForm {
  state: 'fine' | 'finding' | 'corrected'
  finding?: string
  correction?: string
  due_on?: string
  done_note?: string
}

/** What was found about a customer, or that it was corrected. */
function FindDrawer({ check: c, item: i, onClose }: { check: Check; item: Item; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/spot-checks')
  const mayFind = usePermission('grading.run', 'all')
  const [state, setState] = useState<FindForm['state']>(i.state === 'finding' ? 'corrected' : 'fine')
  const needed = [{ required: true, message: t('kit.form.required') }]
  const choices = [
    ...(mayFind ? (['fine', 'finding'] as const) : []),
    ...(i.state === 'finding' ? (['corrected'] as const) : []),
  ]
  return (
    <FormDrawer<FindForm>
      open
      title={i.name}
      initial={{
        state,
        finding: i.finding,
        correction: i.correction,
        due_on: i.due_on || undefined,
        done_note: i.done_note,
      }}
      done={t('review.check.saved')}
      onSubmit={async (v) => {
        await http.PUT('/api/v1/spot-checks/{id}/customers/{customer}', {
          params: { path: { id: c.id, customer: i.customer_id }, header: { 'If-Match': `"${i.version_no}"` } },
          body: v,
        })
        await refresh()
      }}
      onClose={onClose}
    >
      <Form.Item name="state" label={t('review.check.result')} rules={needed}>
        <Select
          options={choices.map((s) => ({ value: s, label: t(`review.check.state.${s}`) }))}
          onChange={(v: FindForm['state']) => setState(v)}
        />
      </Form.Item>
      {state === 'finding' && (
        <>
          <Form.Item name="finding" label={t('review.check.finding')} rules={needed}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          <Form.Item name="correction" label={t('review.check.correction')} rules={needed}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          <Form.Item name="due_on" label={t('review.check.due')} rules={needed}>
            <DateInput min={civil(new Date())} />
          </Form.Item>
        </>
      )}
      {state === 'corrected' && (
        <>
          <p className="form-about">{i.correction}</p>
          <Form.Item name="done_note" label={t('review.check.done_note')} rules={needed}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  )
}
