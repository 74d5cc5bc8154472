import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { ApiError } from '@/api/error'
import { FormDrawer } from '@/kit/FormDrawer'
import { caseOf } from './customerCase'

interface Values {
  customer: string
  zh: string
  en: string
}

/** Makes a worked example of a customer's last verdict under this rulebook; the customer is not named in it. */
export function CaseForm(p: { rulebook: string; onAdd: (text: string) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const found = useQuery({
    queryKey: ['case-customer', q],
    queryFn: async ({ signal }) =>
      (await http.GET('/api/v1/customers', { params: { query: { q, limit: 20 } }, signal })).data?.items ?? [],
  })
  const submit = async (v: Values) => p.onAdd(await readCase(p.rulebook, v))
  const required = { required: true, message: t('kit.form.required') }
  return (
    <FormDrawer<Values>
      open
      title={t('draft.case.from_customer')}
      submitText={t('draft.add_do')}
      onSubmit={submit}
      onClose={p.onClose}
    >
      <p className="form-about muted">{t('draft.case.hint')}</p>
      <Form.Item name="customer" label={t('draft.case.customer')} rules={[required]}>
        <Select
          showSearch={{ filterOption: false, onSearch: setQ }}
          loading={found.isFetching}
          options={(found.data ?? []).map((c) => ({ value: c.id, label: `${c.name} ${c.code}` }))}
        />
      </Form.Item>
      <Form.Item name="zh" label={t('draft.case.name_zh')} rules={[required]}>
        <Input />
      </Form.Item>
      <Form.Item name="en" label={t('draft.case.name_en')} rules={[required]}>
        <Input />
      </Form.Item>
    </FormDrawer>
  )
}

const UNPROCESSABLE = 422

async function readCase(rulebook: string, v: Values): Promise<string> {
  const id = v.customer
  const [{ data: verdicts }, { data: customer }] = await Promise.all([
    http.GET('/api/v1/customers/{id}/verdicts', { params: { path: { id } } }),
    http.GET('/api/v1/customers/{id}', { params: { path: { id } } }),
  ])
  const last = verdicts?.items.find((x) => x.rulebook === rulebook)
  if (!last) throw new ApiError(UNPROCESSABLE, 'draft.no_verdict', {})
  const { data } = await http.GET('/api/v1/verdicts/{customer_id}/{id}', {
    params: { path: { customer_id: id, id: last.id } },
  })
  if (!data) throw new ApiError(UNPROCESSABLE, 'draft.no_verdict', {})
  return caseOf(data, customer?.kind ?? '', { zh: v.zh.trim(), en: v.en.trim() })
}
