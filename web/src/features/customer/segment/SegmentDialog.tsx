import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { asApiError } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import type { Target } from '../BulkDialog'
import { useReloadSegments, useSegments } from './data'

interface Props extends Target {
  onClose: () => void
  onDone: () => void
}

/** Adds the chosen customers, or all results of the list, to a static segment. */
export default function SegmentDialog({ selection, search, count, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const reload = useReloadSegments()
  const segments = useSegments().data?.items.filter((s) => s.mode === 'static')
  const [chosen, setChosen] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const add = async () => {
    if (!chosen) return
    setBusy(true)
    setFailure(undefined)
    try {
      const which = selection.all ? { all: true, q: search.q, filter: search.filter } : { add: selection.ids }
      const { data } = await http.POST('/api/v1/segments/{id}/members', {
        params: { path: { id: chosen } },
        body: which,
      })
      if (data) void message.success(t('customer.segment.added', { name: data.name, n: num(data.members) }))
      await reload()
      onDone()
      onClose()
    } catch (e) {
      setFailure(asApiError(e))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={420}
      title={t('customer.bulk.add_segment_title', { n: num(count) })}
      okText={t('customer.bulk.add_segment_do')}
      cancelText={t('kit.cancel')}
      okButtonProps={{ disabled: !chosen }}
      confirmLoading={busy}
      onOk={() => void add()}
      onCancel={onClose}
    >
      {failure !== undefined && <ErrorState inline error={failure} />}
      {segments?.length === 0 ? (
        <EmptyState
          title={t('customer.segment.empty')}
          hint={t('customer.segment.static_hint')}
          actions={<Button onClick={() => void navigate({ to: '/segments' })}>{t('customer.segment.create')}</Button>}
        />
      ) : (
        <Form layout="vertical">
          <Form.Item label={t('customer.bulk.add_segment_label')} className="form-last">
            <Select
              aria-label={t('customer.bulk.add_segment_label')}
              value={chosen}
              onChange={setChosen}
              options={segments?.map((s) => ({ value: s.id, label: s.name }))}
            />
          </Form.Item>
        </Form>
      )}
    </Modal>
  )
}
