import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { DateText } from '@/kit/DateText'
import { FormDrawer } from '@/kit/FormDrawer'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'

type Create = Schemas['RulebookDraftCreateView']
const path = '/api/v1/rulebook-drafts'

/** useBeginDraft begins a draft and opens it. */
export function useBeginDraft(): (body: Create) => Promise<void> {
  const navigate = useNavigate()
  const client = useQueryClient()
  return async (body) => {
    const { data } = await http.POST(path, { body })
    if (!data) return
    void client.invalidateQueries({ queryKey: ['get', path] })
    void navigate({ to: '/rulebooks/$id/edit/$draft', params: { id: data.rulebook, draft: data.id }, search: {} })
  }
}

/** Opens the person's way into the text of a version: a new draft of it. */
export function EditButton({ rulebook, version }: { rulebook: string; version: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const begin = useBeginDraft()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    try {
      await begin({ from: { rulebook, version } })
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button loading={busy} onClick={() => void run()}>
      {t('draft.list.edit')}
    </Button>
  )
}

/** The drafts of one rulebook, or of all. Nothing where there are none. */
export function Drafts({ rulebook = '' }: { rulebook?: string }) {
  const { t } = useTranslation()
  const text = useText()
  const may = usePermission('rulebook.write')
  const client = useQueryClient()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const { data } = api.useQuery('get', path, { params: { query: { rulebook } } }, { enabled: may })
  if (!data || data.items.length === 0) return null
  const drop = (d: Schemas['RulebookDraftItemView']) =>
    confirm({
      title: t('draft.list.drop_sure'),
      text: t('draft.list.drop_text'),
      ok: t('draft.list.drop'),
      danger: true,
      action: async () => {
        const params = { path: { id: d.id }, header: { 'If-Match': `"${d.revision}"` } }
        await http.DELETE('/api/v1/rulebook-drafts/{id}', { params })
        await client.invalidateQueries({ queryKey: ['get', path] })
      },
    })
  const open = (d: Schemas['RulebookDraftItemView']) =>
    void navigate({ to: '/rulebooks/$id/edit/$draft', params: { id: d.rulebook, draft: d.id }, search: {} })
  return (
    <Panel title={t('draft.list.title')} flush>
      <PlainTable
        rows={data.items}
        rowKey={(d) => d.id}
        columns={[
          {
            key: 'title',
            title: t('rulebook.title'),
            head: true,
            render: (d) => `${text(d.title) || d.rulebook} ${d.version}`,
          },
          { key: 'based', title: t('draft.list.based_on'), num: true, render: (d) => d.based_on || '—' },
          {
            key: 'updated',
            title: t('draft.list.updated'),
            render: (d) => (
              <>
                <DateText value={Date.parse(d.updated_at) * 1000} /> {d.updated_by}
              </>
            ),
          },
          {
            key: 'act',
            title: t('draft.actions'),
            render: (d) => (
              <span className="row">
                <button type="button" className="text-button" onClick={() => open(d)}>
                  {t('draft.list.open')}
                </button>
                <button type="button" className="text-button" onClick={() => void drop(d)}>
                  {t('draft.list.drop')}
                </button>
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}

interface NewValues {
  id: string
  zh: string
  en: string
}

/** Begins a rulebook of one's own. */
export function NewRulebook({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const begin = useBeginDraft()
  const required = { required: true, message: t('kit.form.required') }
  return (
    <FormDrawer<NewValues>
      open
      title={t('draft.list.new')}
      submitText={t('draft.list.begin')}
      onSubmit={(v) => begin({ template: { id: v.id, title: { zh: v.zh.trim(), en: v.en.trim() } } })}
      onClose={onClose}
    >
      <p className="form-about muted">{t('draft.list.new_hint')}</p>
      <Form.Item name="zh" label={t('draft.title_zh')} rules={[required]}>
        <Input />
      </Form.Item>
      <Form.Item name="en" label={t('draft.title_en')} rules={[required]}>
        <Input />
      </Form.Item>
      <Form.Item
        name="id"
        label={t('draft.list.id')}
        extra={t('draft.list.id_hint')}
        rules={[required, { pattern: /^[a-z][a-z0-9-]*$/, message: t('draft.list.id_hint') }]}
      >
        <Input className="num" />
      </Form.Item>
    </FormDrawer>
  )
}
