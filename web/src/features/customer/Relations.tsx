import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'
import { useRefresh } from './data'

const RelationForm = lazy(() => import('./RelationForm'))
const RelationGraph = lazy(() => import('./RelationGraph'))

export type Relation = Schemas['CustomerRelationView']

const GRAPH_FROM = 2

/** What the other customer is to this one, in words. */
export const relationKey = (r: Relation): string =>
  r.outgoing ? `customer.relation.${r.type}` : `customer.relation_in.${r.type}`

/** shareText writes the share as people write it: 51.5%, 100%; nothing where there is none. */
export const shareText = (r: Relation): string => (r.share_bp === null ? '' : `${r.share_bp / 100}%`)

/** Owners, subsidiaries, guarantors, kin: in both directions. */
export function Relations({ customer, write }: { customer: { id: string; name: string }; write: boolean }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<{ relation?: Relation }>()
  const query = api.useQuery('get', '/api/v1/customers/{id}/relations', { params: { path: { id: customer.id } } })
  return (
    <Panel
      title={t('record.relations')}
      extra={
        write && (
          <Button type="text" size="small" icon={<Plus size={14} />} onClick={() => setForm({})}>
            {t('record.add')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t('record.no_relations')}</p>
          ) : (
            <>
              <Suspense>
                {items.length >= GRAPH_FROM && <RelationGraph name={customer.name} relations={items} />}
              </Suspense>
              <RelationTable
                id={customer.id}
                relations={items}
                write={write}
                onEdit={(relation) => setForm({ relation })}
              />
            </>
          )
        }
      </QueryView>
      <Suspense>
        {form && <RelationForm customerID={customer.id} relation={form.relation} onClose={() => setForm(undefined)} />}
      </Suspense>
    </Panel>
  )
}

interface TableProps {
  id: string
  relations: Relation[]
  write: boolean
  onEdit: (r: Relation) => void
}

function RelationTable({ id, relations, write, onEdit }: TableProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefresh()
  const remove = (r: Relation) =>
    confirm({
      title: t('record.relation.remove_title', { name: r.other?.name ?? t('record.relation.hidden') }),
      text: t('record.relation.remove_text'),
      ok: t('record.relation.remove'),
      danger: true,
      action: () =>
        http
          .DELETE('/api/v1/customers/{id}/relations/{relation}', {
            params: { path: { id, relation: r.id }, header: { 'If-Match': `"${r.version}"` } },
          })
          .then(refresh),
    })
  return (
    <ul className="people">
      {relations.map((r) => (
        <li key={`${r.id}:${r.outgoing}`}>
          <div className="person">
            <span className="row">
              <span className="tag num">
                {t(relationKey(r))} {shareText(r)}
              </span>
              {r.other ? (
                <Link className="link" to="/customers/$id" params={{ id: r.other.id }}>
                  {r.other.name}
                </Link>
              ) : (
                <span className="muted">{t('record.relation.hidden')}</span>
              )}
            </span>
            {r.note && <span className="muted">{r.note}</span>}
          </div>
          {write && r.outgoing && (
            <span className="person-acts">
              <Button
                type="text"
                size="small"
                aria-label={t('record.relation.edit', { name: r.other?.name })}
                icon={<Pencil size={14} strokeWidth={1.75} />}
                onClick={() => onEdit(r)}
              />
              <Button
                type="text"
                size="small"
                aria-label={t('record.relation.remove_title', { name: r.other?.name })}
                icon={<Trash2 size={14} strokeWidth={1.75} />}
                onClick={() => void remove(r)}
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
