import { useTranslation } from 'react-i18next'
import type { AuditEntry } from './data'

/** One field before and after. */
export interface FieldChange {
  field: string
  before: unknown
  after: unknown
}

/** changesOf reads the changes of fields in the detail of an entry; empty where the detail is of another shape. */
export function changesOf(detail: unknown): FieldChange[] {
  if (!Array.isArray(detail)) return []
  return detail.filter(
    (d): d is FieldChange => typeof d === 'object' && d !== null && typeof (d as FieldChange).field === 'string',
  )
}

/** factsOf reads the members of a detail that is an object, without empty ones. */
export function factsOf(detail: unknown): [string, unknown][] {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return []
  return Object.entries(detail).filter(([, v]) => v !== null && v !== '' && v !== undefined)
}

/** textOf writes a value of a detail for people. */
export function textOf(v: unknown): string {
  if (v === null || v === undefined || v === '') return '—'
  if (Array.isArray(v)) return v.length > 0 ? v.map(textOf).join(', ') : '—'
  return typeof v === 'object' ? JSON.stringify(v) : String(v)
}

/** useAuditWords puts entries of the audit log into words. */
export function useAuditWords() {
  const { t } = useTranslation()
  const field = (name: string) => t(`admin.field.${name}`, { defaultValue: name })
  const action = (r: AuditEntry) => t(`admin.action.${r.action}`, { defaultValue: r.action })
  const actor = (r: AuditEntry) =>
    (r.actor_id === '0' && r.actor_name === 'system') || !r.actor_name ? t('admin.audit.system') : r.actor_name
  const value = (v: unknown): string => {
    if (Array.isArray(v) && v.length > 0 && v.every((x) => typeof x === 'string'))
      return v.map((x) => value(x)).join(t('kit.list_comma'))
    const text = textOf(v)
    const role = t(`admin.role.${text}`, { defaultValue: text })
    return /^[a-z_]+$/.test(text) ? t(`admin.value.${text}`, { defaultValue: role }) : text
  }
  const summary = (r: AuditEntry) => {
    const changed = changesOf(r.detail)
    if (changed.length > 0) return changed.map((c) => field(c.field)).join(t('kit.list_comma'))
    return factsOf(r.detail)
      .filter(([k, v]) => typeof v !== 'object' && v !== 0 && k !== 'digest')
      .map(([k, v]) => `${field(k)} ${value(v)}`)
      .join(' · ')
  }
  return { field, action, actor, value, summary }
}
