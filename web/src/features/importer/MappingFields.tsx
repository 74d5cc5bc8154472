import { Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Field, type Preview, useFieldLabel } from './data'
import { ATTR, arrange, attrName, samples, sourceOf, unusedColumns } from './mapping'

interface Props {
  fields: Field[]
  preview: Preview
  mapping: Record<string, string>
  /** Facts keep further columns as they are. */
  keepsMore: boolean
  onSet: (name: string, value: string) => void
}

/** Each of our fields with the column it comes from and what stands there. */
export function MappingFields(p: Props) {
  const { t } = useTranslation()
  // The order is fixed when the step opens, so that a row does not jump away under the hand.
  const [[first, rest]] = useState(() => arrange(p.fields, p.mapping))
  return (
    <div className="map">
      {first.map((f) => (
        <MapRow key={f.name} field={f} {...p} />
      ))}
      {rest.length > 0 && (
        <details className="map-more">
          <summary>{t('importer.more_fields', { n: rest.length })}</summary>
          {rest.map((f) => (
            <MapRow key={f.name} field={f} {...p} />
          ))}
        </details>
      )}
      {p.keepsMore && <Further {...p} />}
    </div>
  )
}

const NONE = '-'
const CONSTANT = '='
const COLUMN = 'c:'

function MapRow({ field, preview, mapping, fields, onSet }: Props & { field: Field }) {
  const { t } = useTranslation()
  const label = useFieldLabel(fields)(field.name)
  const source = sourceOf(mapping[field.name])
  const id = `map-${field.name}`
  const choose = (v: string) => {
    if (v.startsWith(COLUMN)) onSet(field.name, v.slice(COLUMN.length))
    else onSet(field.name, v === CONSTANT ? '=' : '')
  }
  const value = source.kind === 'column' ? COLUMN + source.header : source.kind === 'constant' ? CONSTANT : NONE
  const columns = preview.header.filter((h) => h !== '').map((h) => ({ value: COLUMN + h, label: h }))
  return (
    <div className="map-row">
      <label htmlFor={id} className="map-name">
        {label}
        {field.required && <span className="required">*</span>}
      </label>
      <Select
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        className={source.kind === 'none' ? 'map-none' : undefined}
        value={value}
        onChange={choose}
        options={[
          { value: NONE, label: t('importer.no_column') },
          { value: CONSTANT, label: t('importer.constant') },
          ...columns,
        ]}
      />
      <div className="map-sample">
        {source.kind === 'constant' ? (
          <Constant label={label} value={source.text} onSet={(v) => onSet(field.name, `=${v}`)} />
        ) : source.kind === 'column' ? (
          <Samples values={samples(preview, source.header)} />
        ) : null}
      </div>
    </div>
  )
}

function Samples({ values }: { values: string[] }) {
  const { t } = useTranslation()
  if (values.length === 0) return <span className="muted">{t('importer.no_values')}</span>
  return (
    <>
      {values.map((v) => (
        <span key={v} className="sample">
          {v}
        </span>
      ))}
    </>
  )
}

function Constant({ label, value, onSet }: { label: string; value: string; onSet: (v: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  return (
    <Input
      aria-label={t('importer.constant_for', { field: label })}
      placeholder={t('importer.constant_hint')}
      value={text}
      maxLength={200}
      onChange={(e) => setText(e.target.value)}
      onBlur={() => text.trim() !== value && onSet(text.trim())}
      onPressEnter={() => text.trim() !== value && onSet(text.trim())}
    />
  )
}

/** Columns that mean nothing to the program, which may be kept with each line all the same. */
function Further({ preview, mapping, onSet }: Props) {
  const { t } = useTranslation()
  const kept = Object.entries(mapping).filter(([name, header]) => name.startsWith(ATTR) && header !== '')
  const columns = [...kept.map(([, header]) => header), ...unusedColumns(preview, mapping)]
  if (columns.length === 0) return null
  const keeps = (header: string) => kept.find(([, h]) => h === header)?.[0]
  return (
    <fieldset className="map-further">
      <legend>{t('importer.further')}</legend>
      {columns.map((h) => (
        <Checkbox
          key={h}
          checked={keeps(h) !== undefined}
          onChange={(e) => onSet(keeps(h) ?? attrName(h), e.target.checked ? h : '')}
        >
          {h}
        </Checkbox>
      ))}
    </fieldset>
  )
}
