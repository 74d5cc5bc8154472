import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { Dices } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { FormDrawer } from '@/kit/FormDrawer'
import { useFormat } from '@/kit/format'
import { GradeTag } from '@/kit/GradeTag'
import { useGrades, useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import './review.css'

export type Check = Schemas['ReviewCheckView']

/** Where a spot check stands. */
export function CheckState({ check: c }: { check: Check }) {
  const { t } = useTranslation()
  if (c.overdue > 0) return <StatusDot tone="bad" label={t('review.check.overdue', { n: c.overdue })} />
  return (
    <StatusDot tone={c.ended ? 'ok' : 'active'} label={t(c.ended ? 'review.check.ended' : 'review.check.running')} />
  )
}

/** The spot checks there were; whoever may, draws a new sample. */
export default function ChecksPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [drawing, setDrawing] = useState(false)
  const mayDraw = usePermission('grading.run', 'all')
  const query = api.useQuery('get', '/api/v1/spot-checks', { params: { query: {} } })
  const draw = (
    <Button type="primary" icon={<Dices size={16} strokeWidth={1.75} />} onClick={() => setDrawing(true)}>
      {t('review.check.draw')}
    </Button>
  )
  return (
    <Page
      title={t('review.check.title')}
      back={{ label: t('review.title'), onClick: () => void navigate({ to: '/grading/reviews' }) }}
      actions={mayDraw && draw}
    >
      <QueryView query={query} lines={6}>
        {(q) =>
          q.items.length > 0 ? (
            <Panel>
              <Checks list={q.items} />
            </Panel>
          ) : (
            <EmptyState
              title={t('review.check.none')}
              hint={t('review.check.none_hint')}
              actions={mayDraw ? draw : undefined}
            />
          )
        }
      </QueryView>
      {drawing && <DrawDrawer onClose={() => setDrawing(false)} />}
    </Page>
  )
}

function Checks({ list }: { list: Check[] }) {
  const { t } = useTranslation()
  const text = useText()
  const { num } = useFormat()
  const grade = useGrades()
  const schemes = useSchemes()
  return (
    <PlainTable<Check>
      caption={t('review.check.title')}
      rows={list}
      rowKey={(c) => c.id}
      columns={[
        {
          key: 'on',
          title: t('review.check.on'),
          head: true,
          render: (c) => (
            <Link className="link num" to="/grading/checks/$id" params={{ id: c.id }} search={{}}>
              <DateText value={c.on} />
            </Link>
          ),
        },
        {
          key: 'scheme',
          title: t('review.rulebook'),
          render: (c) => text(schemes.data?.items.find((s) => s.rulebook === c.rulebook)?.title) || c.rulebook,
        },
        {
          key: 'grade',
          title: t('review.grade'),
          render: (c) => (c.grade ? <GradeTag {...grade(c.scheme, c.grade)} /> : t('review.check.all_grades')),
        },
        {
          key: 'size',
          title: t('review.check.sample'),
          num: true,
          right: true,
          render: (c) => t('review.of', { n: num(c.size), all: num(c.population) }),
        },
        {
          key: 'findings',
          title: t('review.check.findings'),
          num: true,
          right: true,
          render: (c) => num((c.counts.finding ?? 0) + (c.counts.corrected ?? 0)),
        },
        { key: 'by', title: t('review.check.by'), render: (c) => c.by || '—' },
        { key: 'state', title: t('review.stands'), render: (c) => <CheckState check={c} /> },
      ]}
    />
  )
}

interface DrawForm {
  rulebook: string
  grade?: string
  size: number
  seed?: number
  note?: string
}

/** Draws a sample; the seed is kept, so that anybody can draw it again. */
function DrawDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const schemes = useSchemes()
  const [book, setBook] = useState<string>()
  const books = (schemes.data?.items ?? []).filter(
    (s, i, all) => s.adopted && all.findIndex((x) => x.rulebook === s.rulebook) === i,
  )
  const chosen = books.find((s) => s.rulebook === (book ?? books[0]?.rulebook))
  if (schemes.isPending) return null
  return (
    <FormDrawer<DrawForm>
      open
      title={t('review.check.draw')}
      initial={{ rulebook: books[0]?.rulebook, size: 20 }}
      submitText={t('review.check.draw')}
      done={t('review.check.drawn')}
      onSubmit={async (v) => {
        const { data } = await http.POST('/api/v1/spot-checks', { body: v })
        if (data) void navigate({ to: '/grading/checks/$id', params: { id: data.id }, search: {} })
      }}
      onClose={onClose}
    >
      <p className="form-about muted">{t('review.check.draw_hint')}</p>
      <Form.Item
        name="rulebook"
        label={t('review.rulebook')}
        rules={[{ required: true, message: t('kit.form.required') }]}
      >
        <Select options={books.map((s) => ({ value: s.rulebook, label: text(s.title) }))} onChange={setBook} />
      </Form.Item>
      <Form.Item name="grade" label={t('review.grade')} extra={t('review.check.grade_hint')}>
        <Select
          allowClear
          placeholder={t('review.check.all_grades')}
          options={(chosen?.scheme.labels ?? []).map((l) => ({ value: l.code, label: text(l.title) }))}
        />
      </Form.Item>
      <div className="two">
        <Form.Item
          name="size"
          label={t('review.check.size')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <InputNumber min={1} max={500} precision={0} />
        </Form.Item>
        <Form.Item name="seed" label={t('review.check.seed')} extra={t('review.check.seed_hint')}>
          <InputNumber min={1} max={9007199254740991} precision={0} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('review.note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}
