import { Checkbox, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListSearch } from '@/app/search'
import { useFormat } from '@/kit/format'
import type { Selection } from '@/kit/selection'
import type { Target } from './BulkDialog'

interface ExportProps extends Target {
  /** Keys and titles of the columns, those of the list first. */
  columns: { key: string; title: string; shown: boolean }[]
  onClose: () => void
}

/** Chooses columns and format, and downloads the customers as a file. */
export default function ExportDialog({ selection, search, count, columns, onClose }: ExportProps) {
  const { t, i18n } = useTranslation()
  const { num } = useFormat()
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const [chosen, setChosen] = useState(() => columns.filter((c) => c.shown).map((c) => c.key))
  const flip = (key: string) => setChosen(chosen.includes(key) ? chosen.filter((k) => k !== key) : [...chosen, key])
  const download = () => {
    const keys = columns.map((c) => c.key).filter((k) => chosen.includes(k))
    const link = document.createElement('a')
    link.href = exportPath(selection, search, keys, format, i18n.language)
    link.download = ''
    link.click()
    onClose()
  }
  return (
    <Modal
      open
      width={480}
      title={t('customer.export.title', { n: num(count) })}
      okText={t('customer.export.do')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={download}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t('customer.export.format')}>
          <Select
            aria-label={t('customer.export.format')}
            value={format}
            onChange={setFormat}
            options={[
              { value: 'xlsx', label: t('customer.export.xlsx') },
              { value: 'csv', label: t('customer.export.csv') },
            ]}
          />
        </Form.Item>
        <fieldset className="export-columns">
          <legend>{t('customer.export.columns')}</legend>
          {columns.map((c) => (
            <Checkbox key={c.key} checked={chosen.includes(c.key)} onChange={() => flip(c.key)}>
              {c.title}
            </Checkbox>
          ))}
        </fieldset>
        <p className="muted">{t('customer.export.hint')}</p>
      </Form>
    </Modal>
  )
}

/** exportPath is the address of the file. */
export function exportPath(s: Selection, search: ListSearch, columns: string[], format: string, lang: string): string {
  const q = new URLSearchParams()
  if (!s.all && s.ids.length > 0) q.set('ids', s.ids.join(','))
  else {
    if (search.q) q.set('q', search.q)
    for (const f of search.filter ?? []) q.append('filter', f)
    if (search.sort) q.set('sort', search.sort)
  }
  q.set('columns', columns.join(','))
  q.set('format', format)
  q.set('lang', lang === 'en' ? 'en' : 'zh')
  return `/api/v1/customers/export?${q}`
}
