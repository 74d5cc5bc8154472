import { Button, Popover } from 'antd'
import { ListFilter, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Filter, type FilterField, isComplete, majorOf, operators } from './filters'
import { decimal } from './format'
import { SearchInput } from './SearchInput'

const FilterEditor = lazy(() => import('./FilterEditor'))

interface Props {
  fields: FilterField[]
  filters: Filter[]
  onFilters: (f: Filter[]) => void
  /** Free text; leave `onQ` out for a list without a search. */
  q?: string
  onQ?: (q: string) => void
  placeholder?: string
}

/** Search and conditions of a list: each condition is a chip with its operator; all of them hold at once. */
export function FilterBar({ fields, filters, onFilters, q, onQ, placeholder }: Props) {
  const { t } = useTranslation()
  const replace = (i: number, f: Filter | undefined) =>
    onFilters(filters.flatMap((x, j) => (j === i ? (f ? [f] : []) : [x])))
  return (
    <div className="filters">
      {onQ && <SearchInput value={q ?? ''} onChange={onQ} placeholder={placeholder ?? t('kit.filter.search')} />}
      {filters.map((f, i) => {
        const field = fields.find((x) => x.key === f.field)
        return (
          field && <Chip key={`${f.field}:${f.op}`} field={field} filter={f} onChange={(next) => replace(i, next)} />
        )
      })}
      <AddFilter fields={fields} onAdd={(f) => onFilters([...filters, f])} />
      {filters.length > 1 && (
        <Button type="text" size="small" onClick={() => onFilters([])}>
          {t('kit.filter.clear')}
        </Button>
      )}
    </div>
  )
}

function Chip({
  field,
  filter,
  onChange,
}: {
  field: FilterField
  filter: Filter
  onChange: (f: Filter | undefined) => void
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const words = useFilterWords(field, filter)
  const apply = (f: Filter) => {
    onChange(f)
    setOpen(false)
  }
  return (
    <span className="chip">
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomLeft"
        destroyOnHidden
        content={
          <Suspense fallback={<div className="filter-editor" />}>
            <FilterEditor field={field} filter={filter} onApply={apply} />
          </Suspense>
        }
      >
        <button type="button" className="chip-main" title={words}>
          {words}
        </button>
      </Popover>
      <button
        type="button"
        className="chip-x"
        aria-label={t('kit.filter.remove', { name: field.label })}
        onClick={() => onChange(undefined)}
      >
        <X size={12} />
      </button>
    </span>
  )
}

function AddFilter({ fields, onAdd }: { fields: FilterField[]; onAdd: (f: Filter) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [field, setField] = useState<FilterField>()
  const change = (on: boolean) => {
    setOpen(on)
    if (on) setField(undefined)
  }
  const add = (f: Filter) => {
    onAdd(f)
    change(false)
  }
  const list = (
    <div className="picklist">
      {fields.map((f) => (
        <button key={f.key} type="button" onClick={() => setField(f)}>
          {f.label}
        </button>
      ))}
    </div>
  )
  const first = field && { field: field.key, op: operators(field)[0] ?? 'is', values: [] }
  return (
    <Popover
      open={open}
      onOpenChange={change}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={
        field && first ? (
          <Suspense fallback={<div className="filter-editor" />}>
            <FilterEditor key={field.key} field={field} filter={first} onApply={add} />
          </Suspense>
        ) : (
          list
        )
      }
    >
      <Button type="text" icon={<ListFilter size={14} strokeWidth={1.75} />}>
        {t('kit.filter.add')}
      </Button>
    </Popover>
  )
}

/** useFilterWords says a condition in words: 等级 是 A、B. */
export function useFilterWords(field: FilterField, f: Filter): string {
  const { t } = useTranslation()
  if (!isComplete(f) || f.op === 'empty' || f.op === 'not_empty') return `${field.label} ${t(`kit.op.${f.op}`)}`
  const one = (v: string): string => {
    if (f.op === 'within') return t(`kit.span.${v}`)
    if (field.kind === 'yes') return t(v === 'true' ? 'kit.yes' : 'kit.no')
    if (field.kind === 'money') return decimal(majorOf(v))
    return field.options?.find((o) => o.value === v)?.label ?? v
  }
  const joined = f.op === 'between' ? f.values.map(one).join(' – ') : f.values.map(one).join(t('kit.list_comma'))
  return `${field.label} ${t(`kit.op.${f.op}`)} ${joined}`
}
