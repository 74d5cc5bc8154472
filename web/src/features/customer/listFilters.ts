import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter, FilterField } from '@/kit/filters'
import { useSchemes } from '@/kit/grades'
import { useText } from '@/kit/text'
import {
  type CustomField,
  inUse,
  parties,
  statuses,
  useCodeLabels,
  useColleagues,
  useCustomFields,
  useKinds,
  useNames,
  useTags,
  useUnits,
} from './data'
import { useSegments } from './segment/data'

const RegionTree = lazy(() => import('./CodeTree').then((m) => ({ default: m.RegionTree })))
const IndustryTree = lazy(() => import('./CodeTree').then((m) => ({ default: m.IndustryTree })))

/** customKind tells how a custom field can be filtered. */
export function customKind(f: CustomField, label: string): FilterField {
  const field = { key: `custom.${f.name}`, label, nullable: true }
  if (f.type === 'choice') return { ...field, kind: 'choice', options: f.choices.map((c) => ({ value: c, label: c })) }
  if (f.type === 'flag') return { ...field, kind: 'yes' }
  return { ...field, kind: f.type }
}

/** useFilterFields gives what the list can be filtered by. The words of regions and industries are those of the filters in use. */
export function useFilterFields(filters: Filter[]): FilterField[] {
  const { t } = useTranslation()
  const chosen = (key: string) => filters.filter((f) => f.field === key).flatMap((f) => f.values)
  const regions = chosen('region')
  const industries = chosen('industry')
  const region = useCodeLabels('regions', regions)
  const industry = useCodeLabels('industries', industries)
  const grades = useGradeOptions()
  const names = useNames()
  const kinds = useKinds().data?.items ?? []
  const people = useColleagues().data?.items ?? []
  const units = useUnits().data?.items ?? []
  const tags = useTags().data?.items ?? []
  const segments = useSegments().data?.items ?? []
  const custom = inUse(useCustomFields().data?.items)
  const text = useText()
  const label = (key: string) => t(`customer.field.${key}`)
  const of = (codes: string[], words: (c: string) => string) => codes.map((value) => ({ value, label: words(value) }))
  return [
    { key: 'grade', label: label('grade'), kind: 'choice', options: grades },
    {
      key: 'owner',
      label: label('owner'),
      kind: 'choice',
      options: [
        { value: 'me', label: t('customer.me') },
        { value: 'none', label: t('customer.nobody') },
        ...people.map((p) => ({ value: p.id, label: p.name })),
      ],
    },
    {
      key: 'status',
      label: label('status'),
      kind: 'choice',
      options: of([...statuses], (s) => t(`customer.status.${s}`)),
    },
    {
      key: 'kind',
      label: label('kind'),
      kind: 'choice',
      nullable: true,
      options: of(
        kinds.map((k) => k.kind),
        names.kind,
      ),
    },
    {
      key: 'region',
      label: label('region'),
      kind: 'choice',
      nullable: true,
      editor: RegionTree,
      options: of(regions, region),
    },
    {
      key: 'industry',
      label: label('industry'),
      kind: 'choice',
      nullable: true,
      editor: IndustryTree,
      options: of(industries, industry),
    },
    {
      key: 'tag',
      label: label('tags'),
      kind: 'choice',
      nullable: true,
      options: of(
        tags.map((x) => x.tag),
        (x) => x,
      ),
    },
    {
      key: 'segment',
      label: label('segment'),
      kind: 'choice',
      options: segments.map((s) => ({ value: s.id, label: s.name })),
    },
    {
      key: 'unit',
      label: label('unit'),
      kind: 'choice',
      options: units.map((u) => ({ value: u.id, label: text({ zh: u.name_zh, en: u.name_en }) })),
    },
    { key: 'party', label: label('party'), kind: 'choice', options: of([...parties], (p) => t(`customer.party.${p}`)) },
    { key: 'address', label: label('address'), kind: 'text' },
    { key: 'since', label: label('since'), kind: 'date', nullable: true },
    { key: 'created', label: label('created'), kind: 'date' },
    { key: 'updated', label: label('updated'), kind: 'date' },
    {
      key: 'archived',
      label: label('archived'),
      kind: 'choice',
      single: true,
      options: of(['no', 'yes', 'all'], (v) => t(`customer.archive_filter.${v}`)),
    },
    ...custom.map((f) => customKind(f, names.field(f.name))),
  ]
}

function useGradeOptions(): { value: string; label: string }[] {
  const text = useText()
  const schemes = useSchemes().data?.items.filter((s) => s.adopted) ?? []
  return schemes.flatMap((s) =>
    (s.scheme.labels ?? []).map((l) => {
      const title = text(l.title)
      return {
        value: `${s.scheme.id}:${l.code}`,
        label: schemes.length > 1 ? `${text(s.scheme.title)} · ${title}` : title,
      }
    }),
  )
}
