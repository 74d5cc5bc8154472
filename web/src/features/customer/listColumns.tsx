import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'
import { decimal } from '@/kit/format'
import { useSchemes } from '@/kit/grades'
import type { Column } from '@/kit/tableLayout'
import { useText } from '@/kit/text'
import { type CustomerItem, type CustomField, inUse, useCustomFields, useNames, usePlace } from './data'
import { CustomerStatus, Grade, Phone, Tags } from './words'

/** The value of a custom field as people read it. */
export function CustomValue({ field, value }: { field: CustomField; value: string | undefined }) {
  const { t } = useTranslation()
  if (!value) return null
  if (field.type === 'flag') return t(value === 'true' ? 'kit.yes' : 'kit.no')
  if (field.type === 'date') return <DateText value={value} />
  if (field.type === 'number') return <span className="num">{decimal(value)}</span>
  return value
}

/** useColumns gives the columns of the list: the usual ones, one per grading scheme, one per custom field. */
export function useColumns(): Column<CustomerItem>[] {
  const { t } = useTranslation()
  const text = useText()
  const names = useNames()
  const place = usePlace()
  const schemes = useSchemes().data?.items ?? []
  const custom = inUse(useCustomFields().data?.items)
  const grades = schemes
    .filter((s) => s.adopted)
    .map((s, i) => ({
      key: `grade.${s.scheme.id}`,
      title: text(s.scheme.title),
      width: 112,
      sortable: true,
      optional: i > 0,
      render: (c: CustomerItem) => <Grade grades={c.grades} scheme={s.scheme.id} />,
    }))
  return [
    {
      key: 'name',
      title: t('customer.field.name'),
      width: 248,
      fixed: true,
      locked: true,
      sortable: true,
      render: (c) => (
        <Link className="link" to="/customers/$id" params={{ id: c.id }} title={c.name}>
          {c.name}
        </Link>
      ),
    },
    {
      key: 'code',
      title: t('customer.field.code'),
      width: 104,
      sortable: true,
      render: (c) => <span className="num">{c.code}</span>,
    },
    ...grades,
    { key: 'kind', title: t('customer.field.kind'), width: 104, render: (c) => names.kind(c.kind) },
    {
      key: 'status',
      title: t('customer.field.status'),
      width: 96,
      render: (c) => <CustomerStatus status={c.status} archived={c.archived} />,
    },
    {
      key: 'region',
      title: t('customer.field.region'),
      width: 200,
      render: (c) => <span title={place.region(c)}>{place.region(c)}</span>,
    },
    {
      key: 'owner',
      title: t('customer.field.owner'),
      width: 96,
      sortable: true,
      render: (c) => c.owner?.name ?? <span className="none">{t('customer.nobody')}</span>,
    },
    { key: 'contact', title: t('customer.field.contact'), width: 96, render: (c) => c.contact },
    { key: 'phone', title: t('customer.field.phone'), width: 136, render: (c) => <Phone number={c.phone} /> },
    { key: 'tags', title: t('customer.field.tags'), width: 152, render: (c) => <Tags tags={c.tags} /> },
    {
      key: 'updated',
      title: t('customer.field.updated'),
      width: 112,
      sortable: true,
      render: (c) => <DateText value={c.updated_at} />,
    },
    {
      key: 'industry',
      title: t('customer.field.industry'),
      width: 176,
      optional: true,
      render: (c) => place.industry(c),
    },
    { key: 'name_en', title: t('customer.field.name_en'), width: 176, optional: true, render: (c) => c.name_en },
    {
      key: 'party',
      title: t('customer.field.party'),
      width: 88,
      optional: true,
      render: (c) => t(`customer.party.${c.party}`),
    },
    {
      key: 'since',
      title: t('customer.field.since'),
      width: 112,
      optional: true,
      render: (c) => <DateText value={c.since} />,
    },
    {
      key: 'created',
      title: t('customer.field.created'),
      width: 112,
      optional: true,
      sortable: true,
      render: (c) => <DateText value={c.created_at} />,
    },
    ...custom.map(
      (f): Column<CustomerItem> => ({
        key: `custom.${f.name}`,
        title: names.field(f.name),
        width: 128,
        optional: true,
        align: f.type === 'number' ? 'right' : undefined,
        render: (c) => <CustomValue field={f} value={c.custom[f.name]} />,
      }),
    ),
  ]
}
