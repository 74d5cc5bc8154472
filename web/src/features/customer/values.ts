import { useTranslation } from 'react-i18next'
import { useCodeLabels, useNames } from './data'

interface Words {
  t: (key: string) => string
  /** Whether a sentence exists. */
  has: (key: string) => boolean
  kind: (code: string) => string
  person: (id: string) => string
  region: (code: string) => string
  industry: (code: string) => string
}

/** valueText writes the value of a field as people read it; '' for nothing. */
export function valueText(field: string, value: unknown, w: Words): string {
  if (value === null || value === undefined || value === '') return ''
  if (Array.isArray(value))
    return value
      .map((v) => valueText(field, v, w))
      .filter(Boolean)
      .join(w.t('kit.list_comma'))
  if (typeof value === 'boolean') return w.t(value ? 'kit.yes' : 'kit.no')
  if (typeof value === 'object') return identifierText(value as Record<string, unknown>, w)
  const text = String(value)
  if (field === 'status' || field === 'party') return w.t(`customer.${field}.${text}`)
  if (field === 'kind') return w.kind(text)
  if (field === 'owner_id') return text === '0' ? '' : w.person(text)
  if (field === 'region') return w.region(text)
  if (field === 'industry') return w.industry(text)
  if (field === 'share_bp') return `${(Number(text) / 100).toFixed(2)}%`
  if (field === 'type' && w.has(`customer.relation.${text}`)) return w.t(`customer.relation.${text}`)
  if (field === 'identifiers') {
    const [type = '', ...rest] = text.split(':')
    return identifierText({ type, value: rest.join(':') }, w)
  }
  return text
}

function identifierText(v: Record<string, unknown>, w: Words): string {
  const type = String(v.type ?? '')
  return `${w.has(`customer.identifier.${type}`) ? w.t(`customer.identifier.${type}`) : type} ${String(v.value ?? '')}`
}

/** useValues binds valueText; `values` are those that will be written, so that their codes can be looked up. */
export function useValues(values: [string, unknown][]): (field: string, value: unknown) => string {
  const { t, i18n } = useTranslation()
  const names = useNames()
  const codes = (field: string) => [...new Set(values.filter(([f, v]) => f === field && v).map(([, v]) => String(v)))]
  const region = useCodeLabels('regions', codes('region'))
  const industry = useCodeLabels('industries', codes('industry'))
  const words: Words = {
    t: (k) => t(k),
    has: (k) => i18n.exists(k),
    kind: names.kind,
    person: names.person,
    region,
    industry,
  }
  return (field, value) => valueText(field, value, words)
}

/** useFieldName gives the name of a field, a custom one too. */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation()
  const names = useNames()
  return (field) => {
    if (field.startsWith('custom.')) return names.field(field.slice(7))
    return t(`customer.field.${field === 'owner_id' ? 'owner' : field}`)
  }
}
