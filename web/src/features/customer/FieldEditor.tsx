import { Button, Input, Select } from 'antd'
import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from '@/kit/DateInput'
import { CodeInput } from './CodeInput'
import { CustomInput } from './CustomFieldItem'
import { type CustomField, statuses, useColleagues, useKinds, useNames, useTags } from './data'

/** How a field is edited. */
export type EditorKind =
  | { type: 'text' | 'long' | 'date' | 'tags' | 'names' | 'owner' | 'kind' | 'status' | 'region' | 'industry' }
  | { type: 'custom'; field: CustomField }

interface Props {
  kind: EditorKind
  label: string
  value: unknown
  busy: boolean
  failure?: string
  onSave: (v: unknown) => void
  onCancel: () => void
}

/** The input that takes the place of a value: Enter stores, Escape leaves it as it was. */
export default function FieldEditor({ kind, label, value, busy, failure, onSave, onCancel }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(value)
  const key = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return
    if (e.key === 'Escape') {
      e.stopPropagation()
      onCancel()
    } else if (
      e.key === 'Enter' &&
      kind.type !== 'tags' &&
      kind.type !== 'names' &&
      (kind.type !== 'long' || e.ctrlKey || e.metaKey)
    )
      onSave(draft)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to the keys of the input inside.
    <div className="field-editor" onKeyDown={key}>
      <div className="field-input">
        <Editor kind={kind} label={label} value={draft} onChange={setDraft} />
        <Button
          type="primary"
          size="small"
          loading={busy}
          aria-label={t('kit.save')}
          icon={<Check size={14} />}
          onClick={() => onSave(draft)}
        />
        <Button size="small" aria-label={t('kit.cancel')} icon={<X size={14} />} onClick={onCancel} />
      </div>
      {failure && (
        <p className="refused" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

interface EditorProps {
  kind: EditorKind
  label: string
  value: unknown
  onChange: (v: unknown) => void
}

function Editor({ kind, label, value, onChange }: EditorProps) {
  const text = String(value ?? '')
  switch (kind.type) {
    case 'text':
      return (
        <Input autoFocus aria-label={label} value={text} maxLength={1000} onChange={(e) => onChange(e.target.value)} />
      )
    case 'long':
      return (
        <Input.TextArea
          autoFocus
          aria-label={label}
          rows={4}
          maxLength={4000}
          value={text}
          onChange={(e) => onChange(e.target.value)}
        />
      )
    case 'date':
      return <DateInput aria-label={label} value={text} onChange={(v) => onChange(v ?? '')} />
    case 'region':
    case 'industry':
      return (
        <CodeInput open table={kind.type === 'region' ? 'regions' : 'industries'} value={text} onChange={onChange} />
      )
    case 'custom':
      return <CustomInput field={kind.field} value={text} onChange={onChange} />
    default:
      return <Choice kind={kind.type} label={label} value={value} onChange={onChange} />
  }
}

function Choice({ kind, label, value, onChange }: Omit<EditorProps, 'kind'> & { kind: string }) {
  const { t } = useTranslation()
  const names = useNames()
  const people = useColleagues().data?.items.filter((p) => p.active) ?? []
  const kinds = useKinds().data?.items ?? []
  const tags = useTags().data?.items ?? []
  if (kind === 'tags' || kind === 'names')
    return (
      <Select
        autoFocus
        mode="tags"
        open={kind === 'names' ? false : undefined}
        aria-label={label}
        value={value as string[]}
        onChange={onChange}
        options={kind === 'tags' ? tags.map((x) => ({ value: x.tag, label: x.tag })) : []}
      />
    )
  const options = {
    owner: [{ value: '', label: t('customer.nobody') }, ...people.map((p) => ({ value: p.id, label: p.name }))],
    kind: [
      { value: '', label: t('customer.unsaid') },
      ...kinds.map((k) => ({ value: k.kind, label: names.kind(k.kind) })),
    ],
    status: statuses.map((s) => ({ value: s, label: t(`customer.status.${s}`) })),
  }[kind]
  return (
    <Select
      autoFocus
      defaultOpen
      showSearch={kind === 'status' ? false : { optionFilterProp: 'label' }}
      aria-label={label}
      value={String(value ?? '')}
      onChange={onChange}
      options={options}
    />
  )
}
