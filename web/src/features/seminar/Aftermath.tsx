import { App, Button, Form, Input, Select } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { AreaLink } from '@/kit/AreaLink'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateInput } from '@/kit/DateInput'
import { FormDrawer } from '@/kit/FormDrawer'
import { civil } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { KeyFigures, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type Seminar, useHappened } from './data'

/** What an event cost, and what is done afterwards. */
export function Aftermath({ of: m }: { of: Seminar }) {
  return (
    <>
      <Costs of={m} />
      {m.today && <FollowUps of={m} />}
    </>
  )
}

function Costs({ of: m }: { of: Seminar }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const happened = useHappened()
  const may = usePermission('duty.do')
  const [adding, setAdding] = useState(false)
  const path = { id: m.id }
  const query = api.useQuery('get', '/api/v1/seminars/{id}/costs', { params: { path } })
  const remove = (cost: { id: string; what: string }) =>
    void confirm({
      title: t('seminar.cost_remove'),
      text: t('seminar.cost_remove_text', { what: cost.what }),
      ok: t('seminar.cost_remove'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/seminars/{id}/costs/{cost}', { params: { path: { ...path, cost: cost.id } } })
        await happened()
      },
    })
  return (
    <Panel
      title={t('seminar.costs')}
      extra={may && <Button onClick={() => setAdding(true)}>{t('seminar.cost_add')}</Button>}
    >
      <QueryView query={query} lines={3}>
        {(x) => (
          <>
            <KeyFigures
              items={[
                { label: t('seminar.cost_total', { currency: x.currency }), value: x.total },
                { label: t('seminar.budget'), value: x.budget },
                { label: t('seminar.per_head'), value: x.per_head || '—' },
                { label: t('seminar.per_guest'), value: x.per_guest || '—' },
              ]}
            />
            {x.items.length > 0 && (
              <PlainTable
                caption={t('seminar.costs')}
                rows={x.items}
                rowKey={(c) => c.id}
                columns={[
                  { key: 'what', title: t('seminar.cost_what'), head: true, render: (c) => c.what },
                  { key: 'on', title: t('seminar.cost_on'), num: true, render: (c) => c.on },
                  { key: 'by', title: t('seminar.cost_by'), render: (c) => c.by },
                  { key: 'amount', title: t('seminar.cost_amount'), num: true, right: true, render: (c) => c.amount },
                  {
                    key: 'remove',
                    title: t('seminar.acts'),
                    render: (c) =>
                      may && (
                        <Button
                          type="text"
                          size="small"
                          aria-label={t('seminar.cost_remove_of', { what: c.what })}
                          icon={<Trash2 size={15} strokeWidth={1.75} />}
                          onClick={() => remove(c)}
                        />
                      ),
                  },
                ]}
              />
            )}
          </>
        )}
      </QueryView>
      {adding && <CostForm of={m} onClose={() => setAdding(false)} />}
    </Panel>
  )
}

interface CostValues {
  what: string
  amount: string
  on?: string
}

function CostForm({ of: m, onClose }: { of: Seminar; onClose: () => void }) {
  const { t } = useTranslation()
  const happened = useHappened()
  const [keyFor] = useKeyFor()
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (body: CostValues) => {
    await http.POST('/api/v1/seminars/{id}/costs', { params: { path: { id: m.id }, header: keyFor(body) }, body })
    await happened()
  }
  return (
    <FormDrawer<CostValues>
      open
      title={t('seminar.cost_add')}
      initial={{ on: civil(new Date()) }}
      done={t('seminar.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="what" label={t('seminar.cost_what')} rules={required}>
        <Input maxLength={120} placeholder={t('seminar.cost_example')} />
      </Form.Item>
      <div className="two">
        <Form.Item name="amount" label={t('seminar.cost_amount')} rules={required} className="form-last">
          <Input inputMode="decimal" className="num" suffix={m.currency} />
        </Form.Item>
        <Form.Item name="on" label={t('seminar.cost_on')} className="form-last">
          <DateInput max={civil(new Date())} />
        </Form.Item>
      </div>
    </FormDrawer>
  )
}

const SHOWN = 100

function FollowUps({ of: m }: { of: Seminar }) {
  const { t } = useTranslation()
  const may = usePermission('duty.do')
  const [giving, setGiving] = useState(false)
  const query = api.useQuery('get', '/api/v1/promises', {
    params: { query: { made_in: ['seminar'], made_ref: m.id, limit: SHOWN } },
  })
  return (
    <Panel
      title={t('seminar.follow_ups')}
      extra={may && <Button onClick={() => setGiving(true)}>{t('seminar.follow_up')}</Button>}
    >
      <QueryView query={query} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t('seminar.follow_none')}</p>
          ) : (
            <PlainTable
              caption={t('seminar.follow_ups')}
              rows={items}
              rowKey={(p) => p.id}
              columns={[
                {
                  key: 'customer',
                  title: t('seminar.customer'),
                  head: true,
                  render: (p) => <CustomerLink id={p.customer.id}>{p.customer.name}</CustomerLink>,
                },
                {
                  key: 'what',
                  title: t('seminar.follow_what'),
                  render: (p) => <AreaLink to={`/promises?whose=all&open=${p.id}`}>{p.what}</AreaLink>,
                },
                { key: 'owner', title: t('seminar.owner'), render: (p) => p.owner_name },
                { key: 'due', title: t('seminar.follow_due'), num: true, render: (p) => p.due_on },
                { key: 'state', title: t('seminar.state'), render: (p) => t(`seminar.follow_states.${p.state}`) },
              ]}
            />
          )
        }
      </QueryView>
      {giving && <FollowForm of={m} onClose={() => setGiving(false)} />}
    </Panel>
  )
}

interface FollowValues {
  whom: 'came' | 'absent' | 'no'
  what: string
  due_on: string
}

/** Gives out the same task for each customer concerned, to whoever looks after the customer. */
function FollowForm({ of: m, onClose }: { of: Seminar; onClose: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const happened = useHappened()
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (body: FollowValues) => {
    const { data } = await http.POST('/api/v1/seminars/{id}/follow-ups', { params: { path: { id: m.id } }, body })
    await happened()
    if (data) void message.success(t('seminar.followed', { ...data }))
  }
  return (
    <FormDrawer<FollowValues>
      open
      title={t('seminar.follow_up')}
      initial={{ whom: 'came' }}
      onSubmit={submit}
      onClose={onClose}
    >
      <Form.Item name="whom" label={t('seminar.follow_whom')} rules={required}>
        <Select
          options={(['came', 'absent', 'no'] as const).map((v) => ({ value: v, label: t(`seminar.follow_with.${v}`) }))}
        />
      </Form.Item>
      <Form.Item name="what" label={t('seminar.follow_what')} rules={required}>
        <Input.TextArea rows={3} maxLength={500} placeholder={t('seminar.follow_example')} />
      </Form.Item>
      <Form.Item
        name="due_on"
        label={t('seminar.follow_due')}
        rules={required}
        extra={t('seminar.follow_hint')}
        className="form-last"
      >
        <DateInput min={civil(new Date())} />
      </Form.Item>
    </FormDrawer>
  )
}
