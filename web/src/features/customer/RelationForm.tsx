import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'
import { useRefresh } from './data'
import type { Relation } from './Relations'

const types = ['parent', 'subsidiary', 'owner', 'guarantor', 'kin', 'other'] as const

interface Values {
  other_id?: string
  type: (typeof types)[number]
  share?: string
  note?: string
}

/** shareOf reads a percentage as typed into hundredths of a per cent; -1 for none, undefined for no number. */
export function shareOf(typed: string | undefined): number | undefined {
  const text = (typed ?? '').normalize('NFKC').replace(/[%\s]/g, '')
  if (text === '') return -1
  const m = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text)
  const bp = m ? Number(m[1]) * 100 + Number((m[2] ?? '').padEnd(2, '0')) : undefined
  return bp !== undefined && bp <= 10_000 ? bp : undefined
}

/** The form of a tie between two customers. */
export default function RelationForm(p: { customerID: string; relation?: Relation; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefresh()
  const r = p.relation
  const submit = async (v: Values) => {
    const body = { type: v.type, note: v.note ?? '', share_bp: shareOf(v.share) }
    const path = { id: p.customerID }
    if (r)
      await http.PATCH('/api/v1/customers/{id}/relations/{relation}', {
        params: { path: { ...path, relation: r.id }, header: { 'If-Match': `"${r.version}"` } },
        body,
      })
    else {
      const fresh = { ...body, share_bp: body.share_bp === -1 ? undefined : body.share_bp, other_id: v.other_id }
      await http.POST('/api/v1/customers/{id}/relations', { params: { path }, body: fresh })
    }
    await refresh()
  }
  const initial: Partial<Values> = r
    ? { type: r.type, note: r.note, share: r.share_bp === null ? '' : String(r.share_bp / 100) }
    : { type: 'parent' }
  return (
    <FormDrawer<Values>
      open
      title={t(r ? 'record.relation.edit' : 'record.relation.create', { name: r?.other?.name })}
      initial={initial}
      done={t('record.saved')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      {!r && (
        <Form.Item
          name="other_id"
          label={t('record.relation.other')}
          rules={[{ required: true, message: t('kit.form.required') }]}
        >
          <CustomerPicker />
        </Form.Item>
      )}
      <div className="two">
        <Form.Item name="type" label={t('record.relation.type')}>
          <Select options={types.map((x) => ({ value: x, label: t(`customer.relation.${x}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={['type']}>
          {({ getFieldValue }) => getFieldValue('type') !== 'kin' && <ShareItem />}
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('customer.field.note')} className="form-last">
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDrawer>
  )
}

/** The share; kin have none. */
function ShareItem() {
  const { t } = useTranslation()
  const validator = async (_: unknown, v?: string) => {
    if (shareOf(v) === undefined) throw new Error(t('record.relation.share_bad'))
  }
  return (
    <Form.Item name="share" label={t('record.relation.share')} rules={[{ validator }]}>
      <Input inputMode="decimal" suffix="%" />
    </Form.Item>
  )
}

/** One other customer, found by what is typed. Works in a Form.Item. */
function CustomerPicker({ id, value, onChange }: { id?: string; value?: string; onChange?: (v: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['pick-customer', q],
    queryFn: async ({ signal }) =>
      (await http.GET('/api/v1/search', { params: { query: { q } }, signal })).data?.items ?? [],
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('customer.search')}
      loading={found.isFetching}
      options={(found.data ?? []).map((h) => ({ value: h.id, label: `${h.name} · ${h.code}` }))}
    />
  )
}
