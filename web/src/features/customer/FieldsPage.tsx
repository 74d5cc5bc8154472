import { App, Button } from 'antd'
import { ArrowDown, ArrowUp, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { errorText } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type CustomField, useCustomFields, useNames, useReloadFields } from './data'

import './customer.css'

const FieldForm = lazy(() => import('./FieldForm'))

/** The fields that the company adds to its customers. */
export default function FieldsPage() {
  const { t } = useTranslation()
  const may = usePermission('customer.fields')
  const query = useCustomFields()
  const [form, setForm] = useState<{ field?: CustomField }>()
  const add = may && (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setForm({})}>
      {t('customer.custom.create')}
    </Button>
  )
  return (
    <Page title={t('customer.custom.title')} actions={add}>
      <Panel>
        {may ? (
          <>
            <p className="muted panel-intro">{t('customer.custom.intro')}</p>
            <QueryView query={query}>
              {({ items }) =>
                items.length === 0 ? (
                  <EmptyState title={t('customer.custom.empty')} hint={t('customer.custom.empty_hint')} actions={add} />
                ) : (
                  <FieldTable fields={sorted(items)} onEdit={(field) => setForm({ field })} />
                )
              }
            </QueryView>
          </>
        ) : (
          <EmptyState title={t('customer.custom.denied')} hint={t('customer.custom.denied_hint')} />
        )}
      </Panel>
      <Suspense>{form && <FieldForm field={form.field} onClose={() => setForm(undefined)} />}</Suspense>
    </Page>
  )
}

/** sorted puts the fields in use first, in their order. */
function sorted(list: CustomField[]): CustomField[] {
  return [...list].sort((a, b) => Number(a.archived) - Number(b.archived) || a.position - b.position)
}

function FieldTable({ fields, onEdit }: { fields: CustomField[]; onEdit: (f: CustomField) => void }) {
  const { t } = useTranslation()
  const names = useNames()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const reload = useReloadFields()
  const change = (f: CustomField, body: { position?: number; archived?: boolean }) =>
    http.PATCH('/api/v1/custom-fields/{id}', {
      params: { path: { id: f.id }, header: { 'If-Match': `"${f.version}"` } },
      body,
    })
  const swap = async (i: number, by: number) => {
    const [a, b] = [fields[i], fields[i + by]]
    if (!a || !b) return
    try {
      // Two fields may stand at the same place: then a step of one is made.
      const to = a.position === b.position ? Math.max(1, b.position + by) : b.position
      await change(a, { position: to })
      if (to === b.position) await change(b, { position: a.position })
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await reload()
  }
  const archive = (f: CustomField) =>
    confirm({
      title: t('customer.custom.archive_title', { name: names.field(f.name) }),
      text: t('customer.custom.archive_text'),
      ok: t('customer.custom.archive'),
      danger: true,
      action: () => change(f, { archived: true }).then(reload),
    })
  const restore = (f: CustomField) =>
    change(f, { archived: false })
      .then(reload)
      .catch((e: unknown) => void message.error(errorText(t, e)))
  return (
    <div className="scroll-x">
      <table className="plain">
        <caption className="offscreen">{t('customer.custom.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('customer.custom.label')}</th>
            <th scope="col">{t('customer.custom.name')}</th>
            <th scope="col">{t('customer.custom.type')}</th>
            <th scope="col">{t('customer.custom.choices')}</th>
            <th scope="col">{t('customer.field.status')}</th>
            <th scope="col">
              <span className="offscreen">{t('customer.custom.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((f, i) => (
            <tr key={f.id}>
              <th scope="row">{names.field(f.name)}</th>
              <td className="num muted">{f.name}</td>
              <td>{t(`customer.custom.types.${f.type}`)}</td>
              <td>{f.choices.join(t('kit.list_comma'))}</td>
              <td>
                <StatusDot
                  label={t(f.archived ? 'customer.custom.off' : 'customer.custom.on')}
                  tone={f.archived ? 'neutral' : 'ok'}
                />
              </td>
              <td className="right">
                {!f.archived && (
                  <>
                    <Button
                      type="text"
                      size="small"
                      disabled={i === 0}
                      aria-label={t('customer.custom.up', { name: names.field(f.name) })}
                      icon={<ArrowUp size={14} />}
                      onClick={() => void swap(i, -1)}
                    />
                    <Button
                      type="text"
                      size="small"
                      disabled={fields[i + 1] === undefined || fields[i + 1]?.archived}
                      aria-label={t('customer.custom.down', { name: names.field(f.name) })}
                      icon={<ArrowDown size={14} />}
                      onClick={() => void swap(i, 1)}
                    />
                    <Button type="text" size="small" onClick={() => onEdit(f)}>
                      {t('record.edit')}
                    </Button>
                    <Button type="text" size="small" onClick={() => void archive(f)}>
                      {t('customer.custom.archive')}
                    </Button>
                  </>
                )}
                {f.archived && (
                  <Button type="text" size="small" onClick={() => void restore(f)}>
                    {t('customer.custom.restore')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
