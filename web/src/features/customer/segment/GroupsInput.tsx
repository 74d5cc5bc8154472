import { Button, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/kit/ErrorState'
import { FilterBar } from '@/kit/FilterBar'
import { formatFilter, parseFilters } from '@/kit/filters'
import { useFormat } from '@/kit/format'
import { useText } from '@/kit/text'
import { useFactKinds } from '../data'
import { useFilterFields } from '../listFilters'
import {
  type Bound,
  boundOf,
  bounds,
  fresh,
  type Group,
  type Measure,
  usePreview,
  windows,
  withBound,
  withWork,
  workOf,
  works,
} from './data'

interface Props {
  value?: Group[]
  onChange?: (v: Group[]) => void
}

const sign = { size: 14, strokeWidth: 1.75 }

/** The conditions of a dynamic segment: groups of which one must be met, and how many customers do so now. */
export function GroupsInput({ value = [], onChange }: Props) {
  const { t } = useTranslation()
  const set = (i: number, g: Group | undefined) => onChange?.(value.flatMap((x, j) => (j === i ? (g ? [g] : []) : [x])))
  return (
    <div className="stack segment-groups">
      {value.map((g, i) => (
        <div key={i} className="stack">
          {i > 0 && <span className="muted">{t('customer.segment.or')}</span>}
          <GroupInput
            group={g}
            onChange={(next) => set(i, next)}
            onRemove={value.length > 1 ? () => set(i, undefined) : undefined}
          />
        </div>
      ))}
      <div className="row">
        <Button
          type="text"
          icon={<Plus {...sign} />}
          onClick={() => onChange?.([...value, { conditions: [], measures: [] }])}
        >
          {t('customer.segment.add_group')}
        </Button>
        <span className="grow" />
        <Preview groups={value} />
      </div>
    </div>
  )
}

const PAUSE_MS = 400

/** useSettled gives a value once it has stayed for a moment: counting reads facts, so not every key asks for it. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

function Preview({ groups }: { groups: Group[] }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const settled = useSettled(groups)
  const found = usePreview(settled)
  if (found.error) return <ErrorState inline error={found.error} />
  const first = found.data?.customers.map((c) => c.name).slice(0, 3) ?? []
  return (
    <span role="status" className="segment-count">
      {found.data ? (
        <>
          <b>{t('customer.segment.count', { n: num(found.data.count) })}</b>{' '}
          <span className="muted">{first.join(t('kit.list_comma'))}</span>
        </>
      ) : (
        <span className="muted">{t('customer.segment.count_later')}</span>
      )}
    </span>
  )
}

function GroupInput(p: { group: Group; onChange: (g: Group) => void; onRemove?: () => void }) {
  const { t } = useTranslation()
  const filters = parseFilters(p.group.conditions)
  const fields = useFilterFields(filters).filter((f) => f.key !== 'segment')
  const measures = p.group.measures
  const setMeasure = (i: number, m: Measure | undefined) =>
    p.onChange({ ...p.group, measures: measures.flatMap((x, j) => (j === i ? (m ? [m] : []) : [x])) })
  return (
    <fieldset className="segment-group" aria-label={t('customer.segment.group')}>
      <div className="row">
        <FilterBar
          fields={fields}
          filters={filters}
          onFilters={(f) => p.onChange({ ...p.group, conditions: f.map(formatFilter) })}
        />
        <Button
          type="text"
          icon={<Plus {...sign} />}
          onClick={() => p.onChange({ ...p.group, measures: [...measures, fresh()] })}
        >
          {t('customer.segment.add_measure')}
        </Button>
        <span className="grow" />
        {p.onRemove && (
          <Button
            type="text"
            size="small"
            aria-label={t('customer.segment.remove_group')}
            icon={<X {...sign} />}
            onClick={p.onRemove}
          />
        )}
      </div>
      {measures.map((m, i) => (
        <MeasureInput key={i} measure={m} onChange={(next) => setMeasure(i, next)} />
      ))}
    </fieldset>
  )
}

function MeasureInput({ measure: m, onChange }: { measure: Measure; onChange: (m: Measure | undefined) => void }) {
  const { t } = useTranslation()
  const text = useText()
  const kinds = useFactKinds(true).data?.items ?? []
  const label = (key: string) => t(`customer.segment.${key}`)
  const work = workOf(m)
  const bound = boundOf(m)
  const offered = (works as readonly string[]).includes(work) ? works : [work, ...works]
  const word = (w: string) => t(`customer.segment.work.${w.replace(':', '_')}`, { defaultValue: w })
  return (
    <div className="row segment-measure">
      <Select
        aria-label={label('window')}
        value={m.window ?? ''}
        onChange={(window) => onChange({ ...m, window })}
        options={windows.map((w) => ({ value: w, label: t(`customer.segment.windows.${w || 'all'}`) }))}
      />
      <Select
        aria-label={label('kinds')}
        mode="multiple"
        className="segment-kinds"
        value={m.of}
        onChange={(of) => onChange({ ...m, of })}
        options={kinds.map((k) => ({ value: k.kind, label: text({ zh: k.label_zh, en: k.label_en }) }))}
      />
      <Select
        aria-label={label('what')}
        value={work}
        onChange={(w) => onChange(withWork(m, w))}
        options={offered.map((w) => ({ value: w, label: word(w) }))}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={label('bound')}
        value={bound.op}
        onChange={(op: Bound) => onChange(withBound(m, op, bound.value))}
        options={bounds.map((b) => ({ value: b, label: t(`customer.segment.bounds.${b}`) }))}
      />
      <Input
        aria-label={label('value')}
        className="segment-value num"
        inputMode="decimal"
        value={bound.value}
        onChange={(e) => onChange(withBound(m, bound.op, e.target.value.normalize('NFKC').replace(/[,\s]/g, '')))}
      />
      <Button
        type="text"
        size="small"
        aria-label={label('remove_measure')}
        icon={<X {...sign} />}
        onClick={() => onChange(undefined)}
      />
    </div>
  )
}
