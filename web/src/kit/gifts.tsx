import { Form, Input, Select } from 'antd'
import type { TFunction } from 'i18next'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { withWords } from '@/app/i18n'
import { DateInput } from './DateInput'
import { FormDrawer } from './FormDrawer'
import { civil, decimal, sign } from './format'
import { StatusDot, type StatusTone } from './StatusDot'

const Caution = lazy(withWords(['caution'], () => import('./Caution')))

export type Gift = Schemas['GiftView']
export type GiftAct = Schemas['GiftActBody']['act']

const tones: Record<Gift['state'], StatusTone> = {
  waiting: 'warn',
  approved: 'active',
  given: 'ok',
  refused: 'bad',
  cancelled: 'neutral',
  returned: 'neutral',
}

/** Where a gift stands, in words. */
export function GiftState({ of: g }: { of: Gift }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`gift.states.${g.state}`)} tone={tones[g.state]} />
}

/** giftMoney writes a decimal with its currency. */
export const giftMoney = (value: string, currency: string): string => `${sign(currency)}${decimal(value)}`

/** useGifts has everything read anew that shows gifts. */
export const useGiftsRefresh = () =>
  useRefreshUnder('/api/v1/gifts', '/api/v1/customers', '/api/v1/inbox', '/api/v1/cases')

interface EnterValues {
  what: string
  occasion: string
  value: string
  contact_id?: string
  cost_centre?: string
  on: string
  note?: string
}

/** Enters a gift for a customer; what needs approval begins it. */
export function EnterGift({ customer, onClose }: { customer: { id: string; name: string }; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useGiftsRefresh()
  const [keyFor] = useKeyFor()
  const path = { params: { path: { id: customer.id } } }
  const people = api.useQuery('get', '/api/v1/customers/{id}/contacts', path)
  const year = api.useQuery('get', '/api/v1/customers/{id}/gifts/year', path).data
  const required = [{ required: true, whitespace: true, message: t('kit.form.required') }]
  const submit = async (v: EnterValues) => {
    const body = { ...v, value: v.value.replace(/[,，\s]/g, '') }
    await http.POST('/api/v1/customers/{id}/gifts', { params: { ...path.params, header: keyFor(body) }, body })
    await refresh()
  }
  return (
    <FormDrawer<EnterValues>
      open
      title={t('gift.enter_for', { name: customer.name })}
      initial={{ on: civil(new Date()) }}
      done={t('gift.entered')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Suspense>
        <Caution customerID={customer.id} />
      </Suspense>
      {year && <p className="form-about muted">{yearText(t, year)}</p>}
      <Form.Item name="what" label={t('gift.what')} rules={required}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="occasion" label={t('gift.occasion')} rules={required}>
        <Input maxLength={200} placeholder={t('gift.occasion_hint')} />
      </Form.Item>
      <div className="two">
        <Form.Item
          name="value"
          label={t('gift.value')}
          rules={[...required, { pattern: /^[\d,，\s]+(\.\d{1,2})?$/, message: t('gift.value_wrong') }]}
        >
          <Input className="num" inputMode="decimal" maxLength={20} suffix={year?.currency} />
        </Form.Item>
        <Form.Item name="on" label={t('gift.on')} rules={required}>
          <DateInput />
        </Form.Item>
        <Form.Item name="contact_id" label={t('gift.contact')}>
          <Select
            allowClear
            placeholder={t('gift.whole')}
            options={people.data?.items.map((c) => ({ value: c.id, label: c.name }))}
          />
        </Form.Item>
        <Form.Item name="cost_centre" label={t('gift.cost_centre')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('gift.note')} className="form-last">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}

/** yearText says what a customer got in the year and what the policy asks for. */
export function yearText(t: TFunction, y: Schemas['GiftYearView']): string {
  const money = (value: string) => giftMoney(value, y.currency)
  const none = (value: string) => Number(value) === 0
  return [
    none(y.per_year)
      ? t('gift.year_used', { year: y.year, used: money(y.used) })
      : t('gift.year_of', { year: y.year, used: money(y.used), limit: money(y.per_year) }),
    !none(y.approve_above) && t('gift.needs_approval', { value: money(y.approve_above) }),
    !none(y.most) && t('gift.at_most', { value: money(y.most) }),
  ]
    .filter(Boolean)
    .join(' ')
}

interface ActValues {
  on?: string
  said?: string
}

/** What is needed to hand over, cancel or take back a gift. */
export function ActOnGift({ of: g, act, onClose }: { of: Gift; act: GiftAct; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useGiftsRefresh()
  const today = civil(new Date())
  const submit = async (v: ActValues) => {
    await http.POST('/api/v1/gifts/{id}/acts', {
      params: { path: { id: g.id }, header: { 'If-Match': `"${g.version}"` } },
      body: { act, ...v },
    })
    await refresh()
  }
  const give = act === 'give'
  return (
    <FormDrawer<ActValues>
      open
      title={t(`gift.act.${act}`)}
      initial={give ? { on: today } : {}}
      done={t('gift.done')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="form-about">
        {g.what} · {g.occasion} · {giftMoney(g.value, g.currency)}
      </p>
      {give && (
        <Form.Item name="on" label={t('gift.given_on')} rules={[{ required: true, message: t('kit.form.required') }]}>
          <DateInput max={today} />
        </Form.Item>
      )}
      <Form.Item
        name="said"
        label={t(give ? 'gift.note' : 'gift.said')}
        className="form-last"
        rules={give ? [] : [{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </FormDrawer>
  )
}
