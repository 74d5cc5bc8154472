import { Button, Form, Input, Select } from 'antd'
import { HandHeart } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { useMe } from '@/app/account'
import { AreaLink } from './AreaLink'
import { DateInput } from './DateInput'
import { FormDrawer } from './FormDrawer'
import { civil } from './format'
import { QueryView } from './Loading'
import { Panel } from './Page'
import { StatusDot, type StatusTone } from './StatusDot'
import { usePermission } from './usePermission'

export type Promised = Schemas['PromiseView']
export type PromiseAct = Schemas['PromiseActBody']['act']

const tones: Record<Promised['state'], StatusTone> = {
  open: 'active',
  overdue: 'bad',
  kept: 'ok',
  late: 'warn',
  broken: 'bad',
  withdrawn: 'neutral',
}

/** What became of a promise, in words. */
export function PromiseState({ of: p }: { of: Promised }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`promise.states.${p.state}`)} tone={tones[p.state]} />
}

/** Where a promise is made. */
export interface MadeIn {
  in: 'visit' | 'call' | 'case' | 'seminar'
  ref: string
}

/** usePromised has everything read anew that shows promises. */
export const usePromised = () => useRefreshUnder('/api/v1/promises', '/api/v1/customers', '/api/v1/workbench')

interface MakeValues {
  what: string
  due_on: string
  purpose?: string
  contact_id?: string
  owner_id?: string
}

/** Keeps what a customer was promised. */
export function MakePromise(p: { customer: { id: string; name: string }; from?: MadeIn; onClose: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const promised = usePromised()
  const [keyFor] = useKeyFor()
  const path = { params: { path: { id: p.customer.id } } }
  const people = api.useQuery('get', '/api/v1/customers/{id}/contacts', path)
  const owner = api.useQuery('get', '/api/v1/customers/{id}', path).data?.owner
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (v: MakeValues) => {
    const body = { ...v, purpose: v.purpose?.trim() || undefined, made_in: p.from?.in, made_ref: p.from?.ref }
    await http.POST('/api/v1/customers/{id}/promises', { params: { ...path.params, header: keyFor(body) }, body })
    await promised()
  }
  return (
    <FormDrawer<MakeValues>
      open
      title={t('promise.make_to', { name: p.customer.name })}
      done={t('promise.made')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <Form.Item name="what" label={t('promise.what')} rules={required}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <Form.Item name="due_on" label={t('promise.due_on')} rules={required}>
        <DateInput min={civil(new Date())} />
      </Form.Item>
      <div className="two">
        <Form.Item name="contact_id" label={t('promise.contact')}>
          <Select
            allowClear
            placeholder={t('promise.whole')}
            options={people.data?.items.map((c) => ({ value: c.id, label: c.name }))}
          />
        </Form.Item>
        <Form.Item name="owner_id" label={t('promise.owner')}>
          <Select
            allowClear
            placeholder={owner ? t('promise.keeper', { name: owner.name }) : t('promise.keeper_none')}
            options={me && me.id !== owner?.id ? [{ value: me.id, label: t('promise.myself', { name: me.name }) }] : []}
          />
        </Form.Item>
      </div>
      <Form.Item name="purpose" label={t('promise.purpose')} className="form-last">
        <Input maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}

interface ActValues {
  on?: string
  said: string
}

/** What is needed to keep, move, break, withdraw or reopen a promise. */
export function ActOnPromise({ of: p, act, onClose }: { of: Promised; act: PromiseAct; onClose: () => void }) {
  const { t } = useTranslation()
  const promised = usePromised()
  const [keyFor] = useKeyFor()
  const today = civil(new Date())
  const submit = async (v: ActValues) => {
    const body = { act, on: v.on, said: v.said }
    await http.POST('/api/v1/promises/{id}/acts', { params: { path: { id: p.id }, header: keyFor(body) }, body })
    await promised()
  }
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  return (
    <FormDrawer<ActValues>
      open
      title={t(`promise.act.${act}`)}
      initial={act === 'keep' ? { on: today } : {}}
      done={t('promise.saved')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about">
        <b>{p.what}</b>
        <span className="muted num">{t('promise.due', { day: p.due_on })}</span>
      </p>
      {act === 'keep' && (
        <Form.Item name="on" label={t('promise.kept_on')} rules={required}>
          <DateInput min={p.made_on} max={today} />
        </Form.Item>
      )}
      {act === 'move' && (
        <Form.Item name="on" label={t('promise.new_day')} rules={required}>
          <DateInput min={today} />
        </Form.Item>
      )}
      <Form.Item
        name="said"
        label={t(act === 'keep' ? 'promise.how' : 'promise.reason')}
        rules={required}
        className="form-last"
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}

const SHOWN = 20

/** The promises of a customer that are still to be kept, or those made in a visit, a call or a case, with the way to make another. */
export default function Promises(p: {
  customer: { id: string; name: string }
  from?: MadeIn
  write: boolean
  titled?: boolean
}) {
  const { t } = useTranslation()
  const may = usePermission('duty.do') && p.write
  const read = usePermission('duty.read')
  const [making, setMaking] = useState(false)
  const [keeping, setKeeping] = useState<Promised>()
  const query = api.useQuery(
    'get',
    '/api/v1/promises',
    {
      params: {
        query: p.from
          ? { customer: p.customer.id, made_in: [p.from.in], made_ref: p.from.ref, limit: SHOWN }
          : { customer: p.customer.id, state: ['overdue', 'open'], limit: SHOWN },
      },
    },
    { enabled: read },
  )
  if (!read) return null
  const body = (
    <>
      <QueryView query={query} lines={1}>
        {({ items }) => (
          <ul className="promises">
            {items.map((x) => (
              <li key={x.id}>
                <AreaLink to={`/promises?whose=all&tab=${x.may.includes('keep') ? 'open' : 'past'}&open=${x.id}`}>
                  {x.what}
                </AreaLink>{' '}
                <span className="muted num">{x.due_on}</span> <PromiseState of={x} />{' '}
                {x.may.includes('keep') && p.write && (
                  <button type="button" className="text-button" onClick={() => setKeeping(x)}>
                    {t('promise.act.keep')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {may && (
        <Button icon={<HandHeart size={15} strokeWidth={1.75} />} onClick={() => setMaking(true)}>
          {t('promise.make')}
        </Button>
      )}
      {making && <MakePromise customer={p.customer} from={p.from} onClose={() => setMaking(false)} />}
      {keeping && <ActOnPromise of={keeping} act="keep" onClose={() => setKeeping(undefined)} />}
    </>
  )
  return p.titled ? <Panel title={t('promise.title')}>{body}</Panel> : body
}
