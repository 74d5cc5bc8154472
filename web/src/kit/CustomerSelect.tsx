import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'

interface Props {
  id?: string
  value?: string
  onChange?: (id: string | undefined) => void
  /** Told the name of the customer that was chosen. */
  onName?: (name: string) => void
}

/** Chooses a customer by name, code, phone or initials. Works in a Form.Item. */
export function CustomerSelect({ id, value, onChange, onName }: Props) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const found = api.useQuery(
    'get',
    '/api/v1/customers',
    { params: { query: { q, limit: 20 } } },
    { enabled: q.length > 0 },
  )
  const known = api.useQuery(
    'get',
    '/api/v1/customers/{id}',
    { params: { path: { id: value ?? '' } } },
    { enabled: Boolean(value) },
  )
  const options = (found.data?.items ?? []).map((c) => ({ value: c.id, label: `${c.name} ${c.code}` }))
  const label = known.data?.name
  if (value && label && !options.some((o) => o.value === value)) options.unshift({ value, label })
  return (
    <Select
      id={id}
      value={value}
      onChange={(next: string | undefined) => {
        onChange?.(next)
        const chosen = found.data?.items.find((c) => c.id === next)
        if (chosen) onName?.(chosen.name)
      }}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      loading={found.isFetching}
      options={options}
      placeholder={t('procedure.start.find_customer')}
      notFoundContent={q ? t('procedure.start.no_customer') : t('procedure.start.type_to_find')}
    />
  )
}
