import { Form, Modal, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { asApiError } from '@/api/error'
import type { ListSearch } from '@/app/search'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import type { Selection } from '@/kit/selection'
import type { BulkAction } from './BulkActions'
import { statuses, useColleagues, useTags } from './data'

export type BulkResult = Schemas['CustomerBulkView']

/** What a change of many customers is about: the chosen ones, or all results of the list. */
export interface Target {
  selection: Selection
  search: ListSearch
  count: number
}

interface Props extends Target {
  action: Exclude<BulkAction, 'export' | 'add_segment'>
  onClose: () => void
  onDone: (r: BulkResult) => void
}

/** Asks for the owner, tag or status that many customers shall have, and starts the change. */
export default function BulkDialog({ action, selection, search, count, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const [value, setValue] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const start = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      const which = selection.all ? { all: true, q: search.q, filter: search.filter } : { ids: selection.ids }
      const { data } = await http.POST('/api/v1/customers/bulk', {
        body: { ...which, action, value: value || undefined },
      })
      if (data) onDone(data)
    } catch (e) {
      setFailure(asApiError(e))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={420}
      title={t(`customer.bulk.${action}_title`, { n: num(count) })}
      okText={t(`customer.bulk.${action}_do`)}
      cancelText={t('kit.cancel')}
      okButtonProps={{ disabled: action !== 'archive' && value === '', danger: action === 'archive' }}
      confirmLoading={busy}
      onOk={() => void start()}
      onCancel={onClose}
    >
      {failure !== undefined && <ErrorState inline error={failure} />}
      {action === 'archive' ? (
        <p>{t('customer.bulk.archive_text')}</p>
      ) : (
        <Form layout="vertical">
          <Form.Item label={t(`customer.bulk.${action}_label`)} className="form-last">
            <Value action={action} value={value} onChange={setValue} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}

interface ValueProps {
  action: string
  value: string
  onChange: (v: string) => void
}

function Value({ action, value, onChange }: ValueProps): ReactNode {
  const { t } = useTranslation()
  const label = t(`customer.bulk.${action}_label`)
  const people = useColleagues().data?.items.filter((p) => p.active) ?? []
  if (action === 'set_status')
    return (
      <Select
        aria-label={label}
        value={value || undefined}
        onChange={onChange}
        options={statuses.map((s) => ({ value: s, label: t(`customer.status.${s}`) }))}
      />
    )
  if (action === 'assign')
    return (
      <Select
        aria-label={label}
        showSearch={{ optionFilterProp: 'label' }}
        value={value || undefined}
        onChange={onChange}
        options={[{ value: '0', label: t('customer.nobody') }, ...people.map((p) => ({ value: p.id, label: p.name }))]}
      />
    )
  return <TagChoice label={label} fresh={action === 'add_tag'} value={value} onChange={onChange} />
}

/** One tag, of those in use or, when `fresh`, also a new one; the list closes once it is chosen. */
function TagChoice(p: { label: string; fresh: boolean; value: string; onChange: (v: string) => void }) {
  const [open, setOpen] = useState(false)
  const tags = useTags().data?.items.map((x) => ({ value: x.tag, label: x.tag })) ?? []
  const choose = (v: string[]) => {
    p.onChange(v.at(-1) ?? '')
    setOpen(false)
  }
  return (
    <Select<string[]>
      aria-label={p.label}
      mode={p.fresh ? 'tags' : 'multiple'}
      open={open}
      onOpenChange={setOpen}
      value={p.value ? [p.value] : []}
      onChange={choose}
      options={tags}
    />
  )
}
