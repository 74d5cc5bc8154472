import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateText } from '@/kit/DateText'
import { Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { type Customer, inUse, useCustomFields, useNames, usePlace } from './data'
import type { EditorKind } from './FieldEditor'
import { Identifiers } from './Identifiers'
import { InPlace } from './InPlace'
import { CustomValue } from './listColumns'
import { CustomerStatus, Tags } from './words'

/** The archive of a customer: grouped fields, each edited in its place. */
export function Archive({ customer: c }: { customer: Customer }) {
  const { t } = useTranslation()
  const names = useNames()
  const place = usePlace()
  const write = usePermission('customer.write') && !c.archived
  const assign = usePermission('customer.assign')
  const custom = inUse(useCustomFields().data?.items)
  const field = (name: string, type: Exclude<EditorKind['type'], 'custom'>, value: ReactNode, wide = false) => (
    <InPlace
      key={name}
      customer={c}
      field={name}
      label={t(`customer.field.${name === 'owner_id' ? 'owner' : name}`)}
      kind={{ type }}
      wide={wide}
      fixed={!write || (name === 'owner_id' && !assign)}
    >
      {value}
    </InPlace>
  )
  return (
    <Panel title={t('record.archive')}>
      <dl className="fields">
        {field('name', 'text', c.name, true)}
        {field('code', 'text', <span className="num">{c.code}</span>)}
        {field('kind', 'kind', names.kind(c.kind))}
        {field('status', 'status', <CustomerStatus status={c.status} archived={c.archived} />)}
        {field('owner_id', 'owner', c.owner?.name ?? t('customer.nobody'))}
        {field('since', 'date', c.since && <DateText value={c.since} />)}
        {field('tags', 'tags', c.tags.length > 0 && <Tags tags={c.tags} />)}
      </dl>
      <h3 className="group-title">{t('record.where')}</h3>
      <dl className="fields">
        {field('region', 'region', place.region(c))}
        {field('industry', 'industry', place.industry(c))}
        {field('address', 'text', c.address, true)}
      </dl>
      <Identifiers customer={c} write={write} />
      {custom.length > 0 && (
        <>
          <h3 className="group-title">{t('record.custom')}</h3>
          <dl className="fields">
            {custom.map((f) => (
              <InPlace
                key={f.id}
                customer={c}
                field={`custom.${f.name}`}
                label={names.field(f.name)}
                kind={{ type: 'custom', field: f }}
                fixed={!write}
              >
                {c.custom[f.name] && <CustomValue field={f} value={c.custom[f.name]} />}
              </InPlace>
            ))}
          </dl>
        </>
      )}
      <h3 className="group-title">{t('record.more')}</h3>
      <dl className="fields">
        {field('name_en', 'text', c.name_en)}
        {field('former_names', 'names', c.former_names.join(t('kit.list_comma')))}
        {field('note', 'long', c.note && <span className="pre">{c.note}</span>, true)}
        <div>
          <dt>{t('customer.field.created')}</dt>
          <dd>
            <DateText value={c.created_at} />
          </dd>
        </div>
        <div>
          <dt>{t('customer.field.updated')}</dt>
          <dd>
            <DateText value={c.updated_at} time />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
