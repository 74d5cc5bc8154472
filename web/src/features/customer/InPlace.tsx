import { App } from 'antd'
import { Pencil } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asApiError, errorText, sentence } from '@/api/error'
import type { Customer } from './data'
import { changed, type Patch, patchOf, valueIn } from './edit'
import type { EditorKind } from './FieldEditor'
import { useSave } from './useSave'

const FieldEditor = lazy(() => import('./FieldEditor'))

interface Props {
  customer: Customer
  /** Name of the field in a change, for example `owner_id` or `custom.area`. */
  field: string
  label: string
  kind: EditorKind
  /** What is shown while it is not being edited. */
  children: ReactNode
  wide?: boolean
  /** Only shown. */
  fixed?: boolean
}

/** A field of the archive: a touch on its value opens the input in its place. */
export function InPlace(p: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const save = useSave()
  const [editing, setEditing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const store = async (value: unknown) => {
    const patch: Patch = changed(p.customer, patchOf([[p.field, value]]))
    setBusy(true)
    setFailure(undefined)
    try {
      await save(p.customer, patch)
      setEditing(false)
    } catch (e) {
      const own = asApiError(e).fields[0]
      if (own) setFailure(sentence(t, own.code, own.args))
      else void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  const stop = () => {
    setFailure(undefined)
    setEditing(false)
  }
  return (
    <div className={p.wide ? 'field-wide' : undefined}>
      <dt>{p.label}</dt>
      <dd>
        {editing ? (
          <Suspense fallback={p.children || '—'}>
            <FieldEditor
              kind={p.kind}
              label={p.label}
              value={valueIn(p.customer, p.field)}
              busy={busy}
              failure={failure}
              onSave={(v) => void store(v)}
              onCancel={stop}
            />
          </Suspense>
        ) : p.fixed ? (
          p.children || '—'
        ) : (
          <Value label={p.label} onEdit={() => setEditing(true)}>
            {p.children}
          </Value>
        )}
      </dd>
    </div>
  )
}

function Value({ label, onEdit, children }: { label: string; onEdit: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <span className="in-place">
      <span>{children || '—'}</span>
      <button type="button" aria-label={t('record.edit_field', { name: label })} onClick={onEdit}>
        <Pencil size={13} strokeWidth={1.75} aria-hidden />
      </button>
    </span>
  )
}
