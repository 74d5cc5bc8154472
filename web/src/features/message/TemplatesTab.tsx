import { Button } from 'antd'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type Template, useSettle, useTemplates } from './data'

const TemplateForm = lazy(() => import('./TemplateForm'))

/** The texts messages are written with. */
export function TemplatesTab({ tabs }: { tabs: ReactNode }) {
  const { t } = useTranslation()
  const list = useTemplates()
  const write = usePermission('message.write')
  const [form, setForm] = useState<{ of?: Template }>()
  const add = write && (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={() => setForm({})}>
      {t('message.template.new')}
    </Button>
  )
  return (
    <Page title={t('app.area.message')} actions={add}>
      {tabs}
      <Panel flush>
        <QueryView query={list} lines={6}>
          {(d) =>
            d.items.length === 0 ? (
              <EmptyState title={t('message.template.none')} hint={t('message.template.none_hint')} actions={add} />
            ) : (
              <Table rows={d.items} write={write} onEdit={(of) => setForm({ of })} />
            )
          }
        </QueryView>
      </Panel>
      <Suspense>{form && <TemplateForm template={form.of} onClose={() => setForm(undefined)} />}</Suspense>
    </Page>
  )
}

function Table({ rows, write, onEdit }: { rows: Template[]; write: boolean; onEdit: (of: Template) => void }) {
  const { t } = useTranslation()
  return (
    <PlainTable
      rows={rows}
      rowKey={(x) => x.id}
      caption={t('message.tab.templates')}
      columns={[
        { key: 'name', title: t('message.template.name'), head: true, render: (x) => x.name },
        { key: 'channel', title: t('message.channel'), render: (x) => t(`message.channels.${x.channel}`) },
        { key: 'purpose', title: t('message.purpose'), render: (x) => t(`message.purposes.${x.purpose}`) },
        {
          key: 'lang',
          title: t('message.language'),
          render: (x) =>
            (['zh', 'en'] as const)
              .filter((l) => x.body[l] !== '')
              .map((l) => t(`message.lang.${l}`))
              .join(' / '),
        },
        { key: 'updated', title: t('message.template.updated'), render: (x) => <DateText value={x.updated_at} /> },
        { key: 'acts', title: '', render: (x) => write && <RowActs of={x} onEdit={() => onEdit(x)} /> },
      ]}
    />
  )
}

function RowActs({ of: x, onEdit }: { of: Template; onEdit: () => void }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const settle = useSettle()
  const remove = () =>
    confirm({
      title: t('message.template.remove_title', { name: x.name }),
      text: t('message.template.remove_text'),
      ok: t('message.template.remove'),
      danger: true,
      action: () =>
        http
          .DELETE('/api/v1/message-templates/{id}', {
            params: { path: { id: x.id }, header: { 'If-Match': `"${x.version}"` } },
          })
          .then(settle),
    })
  return (
    <span className="row">
      <Button
        type="text"
        size="small"
        aria-label={t('message.template.edit', { name: x.name })}
        icon={<Pencil size={14} strokeWidth={1.75} />}
        onClick={onEdit}
      />
      <Button
        type="text"
        size="small"
        aria-label={t('message.template.remove_title', { name: x.name })}
        icon={<Trash2 size={14} strokeWidth={1.75} />}
        onClick={() => void remove()}
      />
    </span>
  )
}
