import { Checkbox, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice } from '@/kit/Choice'
import { usePermission } from '@/kit/usePermission'
import { CUSTOMERS, type Preview, type Settings } from './data'

interface Props {
  value: Settings
  onChange: (change: Partial<Settings>) => void
}

/** What is to be done with the lines. */
export function ImportOptions({ target, value, onChange }: Props & { target: string }) {
  return (
    <div className="options">
      {target === CUSTOMERS ? (
        <CustomerOptions value={value} onChange={onChange} />
      ) : (
        <FactOptions value={value} onChange={onChange} />
      )}
      <DateOrder value={value} onChange={onChange} />
    </div>
  )
}

function CustomerOptions({ value, onChange }: Props) {
  const { t } = useTranslation()
  const mode = value.mode || 'both'
  return (
    <>
      <Choice
        label={t('importer.mode.title')}
        value={mode}
        onChange={(m) => onChange({ mode: m })}
        options={['both', 'create', 'update'].map((m) => ({ value: m, label: t(`importer.mode.${m}`) }))}
      />
      <p className="muted">{t(`importer.mode_hint.${mode}`)}</p>
      <Checkbox
        checked={value.allow_same_name ?? false}
        onChange={(e) => onChange({ allow_same_name: e.target.checked })}
      >
        {t('importer.same_name')}
      </Checkbox>
    </>
  )
}

function FactOptions({ value, onChange }: Props) {
  const { t } = useTranslation()
  const mayCreate = usePermission('customer.write')
  return (
    <>
      {mayCreate && (
        <Checkbox
          checked={value.create_customers ?? false}
          onChange={(e) => onChange({ create_customers: e.target.checked })}
        >
          {t('importer.create_customers')}
        </Checkbox>
      )}
      <Option id="cancel-prefix" label={t('importer.cancel_prefix')} hint={t('importer.cancel_prefix_hint')}>
        <Late
          key={value.cancel_prefix}
          id="cancel-prefix"
          value={value.cancel_prefix ?? ''}
          onSet={(v) => onChange({ cancel_prefix: v })}
        />
      </Option>
      <Checkbox checked={value.decimal_comma ?? false} onChange={(e) => onChange({ decimal_comma: e.target.checked })}>
        {t('importer.decimal_comma')}
      </Checkbox>
    </>
  )
}

function DateOrder({ value, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Option id="date-order" label={t('importer.date_order.title')}>
      <Select
        id="date-order"
        value={value.date_order ?? ''}
        onChange={(v) => onChange({ date_order: v })}
        options={['', 'day_first', 'month_first'].map((v) => ({
          value: v,
          label: t(`importer.date_order.${v || 'auto'}`),
        }))}
      />
    </Option>
  )
}

const encodings = ['', 'utf-8', 'gb18030', 'utf-16le', 'utf-16be']

/** How the file is to be read: sheet, encoding, row of the headers. A change makes the mapping be guessed anew. */
export function FileOptions({ preview, value, onChange }: Props & { preview: Preview }) {
  const { t } = useTranslation()
  const anew = (change: Partial<Settings>) => onChange({ ...change, mapping: undefined })
  return (
    <div className="options">
      {preview.format === 'xlsx' && preview.sheets.length > 0 && (
        <Option id="sheet" label={t('importer.sheet')}>
          <Select
            id="sheet"
            value={value.sheet || preview.sheets[0]}
            onChange={(sheet) => anew({ sheet })}
            options={preview.sheets.map((s) => ({ value: s, label: s }))}
          />
        </Option>
      )}
      {preview.format === 'csv' && (
        <Option id="encoding" label={t('importer.encoding')}>
          <Select
            id="encoding"
            value={value.encoding ?? ''}
            onChange={(encoding) => anew({ encoding })}
            options={encodings.map((e) => ({
              value: e,
              label:
                e === '' ? t('importer.encoding_found', { name: preview.encoding.toUpperCase() }) : e.toUpperCase(),
            }))}
          />
        </Option>
      )}
      <Option id="header-row" label={t('importer.header_row')} hint={t('importer.header_row_hint')}>
        <Late
          key={value.header_row}
          id="header-row"
          numeric
          value={value.header_row ? String(value.header_row) : ''}
          onSet={(v) => anew({ header_row: Number(v) || 0 })}
        />
      </Option>
    </div>
  )
}

function Option({ id, label, hint, children }: { id: string; label: string; hint?: string; children: ReactNode }) {
  return (
    <div className="labelled">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && <small className="muted">{hint}</small>}
    </div>
  )
}

/** A text that is taken over when the person leaves it. */
function Late(p: { id: string; value: string; numeric?: boolean; onSet: (v: string) => void }) {
  const [text, setText] = useState(p.value)
  const take = () => text.trim() !== p.value && p.onSet(text.trim())
  return (
    <Input
      id={p.id}
      value={text}
      maxLength={p.numeric ? 4 : 20}
      inputMode={p.numeric ? 'numeric' : undefined}
      onChange={(e) => setText(p.numeric ? e.target.value.replace(/\D/g, '') : e.target.value)}
      onBlur={take}
      onPressEnter={take}
    />
  )
}
