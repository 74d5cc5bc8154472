import { Link, useNavigate } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { errorText } from '@/api/error'
import { useCommands } from '@/kit/commands'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { JobProgress } from '@/kit/JobProgress'
import { Num } from '@/kit/Money'
import { Page } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type Segment, useReloadSegments, useSegments } from './data'

import '../customer.css'

const SegmentForm = lazy(() => import('./SegmentForm'))

/** The segments: who belongs to them, by what, as of when. */
export default function SegmentsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = usePermission('segment.manage')
  const list = useSegments()
  const reload = useReloadSegments()
  const [form, setForm] = useState<{ segment?: Segment }>()
  const [job, setJob] = useState<{ id: string; name: string }>()
  const create = () => setForm({})
  const { message } = App.useApp()
  // Saving has queued the same work already; this gives the job to follow.
  const refresh = async (s: Segment) => {
    if (s.mode !== 'dynamic') return
    try {
      const { data } = await http.POST('/api/v1/segments/{id}/refresh', { params: { path: { id: s.id } } })
      if (data) setJob({ id: data.job_id, name: s.name })
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  useCommands(may ? [{ id: 'segment.create', label: t('customer.segment.create'), group: 'create', run: create }] : [])
  const add = may && (
    <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={create}>
      {t('customer.segment.create')}
    </Button>
  )
  const columns = useColumns(
    may,
    (segment) => setForm({ segment }),
    (s) => void refresh(s),
  )
  return (
    <Page
      title={t('customer.segment.title')}
      back={{ label: t('app.area.customer'), onClick: () => void navigate({ to: '/customers' }) }}
      fill
      actions={add}
    >
      {job && (
        <JobProgress
          key={job.id}
          id={job.id}
          title={t('customer.segment.working', { name: job.name })}
          onOver={() => {
            setJob(undefined)
            void reload()
          }}
        />
      )}
      <DataTable<Segment>
        id="segments"
        label={t('customer.segment.title')}
        columns={columns}
        rows={list.data?.items}
        rowKey={(s) => s.id}
        rowLabel={(s) => s.name}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        total={list.data?.items.length}
        card={(s) => <Card segment={s} />}
        empty={<EmptyState title={t('customer.segment.empty')} hint={t('customer.segment.empty_hint')} actions={add} />}
      />
      <Suspense>
        {form && (
          <SegmentForm
            segment={form.segment}
            onClose={() => setForm(undefined)}
            onSaved={(saved) => void refresh(saved)}
          />
        )}
      </Suspense>
    </Page>
  )
}

const members = (s: Segment) => ({ filter: [`segment:in:${s.id}`] })

function useColumns(may: boolean, edit: (s: Segment) => void, refresh: (s: Segment) => void): Column<Segment>[] {
  const { t } = useTranslation()
  const actions: Column<Segment> = {
    key: 'actions',
    title: '',
    width: 220,
    align: 'right',
    render: (s) => <Actions segment={s} onEdit={() => edit(s)} onRefresh={() => refresh(s)} />,
  }
  return [
    {
      key: 'name',
      title: t('customer.segment.name'),
      width: 240,
      fixed: true,
      locked: true,
      render: (s) => (
        <Link className="link" to="/customers" search={members(s)}>
          {s.name}
        </Link>
      ),
    },
    { key: 'mode', title: t('customer.segment.mode'), width: 100, render: (s) => <Mode segment={s} /> },
    {
      key: 'members',
      title: t('customer.segment.members'),
      width: 100,
      align: 'right',
      render: (s) => <Num value={s.members} />,
    },
    {
      key: 'refreshed',
      title: t('customer.segment.refreshed'),
      width: 130,
      render: (s) =>
        s.refreshed_on ? (
          <DateText value={s.refreshed_on} />
        ) : (
          <span className="muted">{t('customer.segment.never')}</span>
        ),
    },
    { key: 'note', title: t('customer.segment.note'), width: 260, render: (s) => s.note },
    { key: 'by', title: t('customer.segment.by'), width: 110, render: (s) => s.created_by },
    ...(may ? [actions] : []),
  ]
}

function Mode({ segment: s }: { segment: Segment }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`customer.segment.${s.mode}`)} tone={s.mode === 'dynamic' ? 'active' : 'neutral'} />
}

function Actions({ segment: s, onEdit, onRefresh }: { segment: Segment; onEdit: () => void; onRefresh: () => void }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const reload = useReloadSegments()
  const archive = () =>
    confirm({
      title: t('customer.segment.archive_title', { name: s.name }),
      text: t('customer.segment.archive_text'),
      ok: t('customer.segment.archive'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/segments/{id}', {
          params: { path: { id: s.id }, header: { 'If-Match': `"${s.version}"` } },
        })
        await reload()
      },
    })
  return (
    <span className="row segment-actions">
      {s.mode === 'dynamic' && (
        <Button type="text" size="small" onClick={onRefresh}>
          {t('customer.segment.refresh')}
        </Button>
      )}
      <Button type="text" size="small" onClick={onEdit}>
        {t('record.edit')}
      </Button>
      <Button type="text" size="small" onClick={() => void archive()}>
        {t('customer.segment.archive')}
      </Button>
    </span>
  )
}

function Card({ segment: s }: { segment: Segment }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="card-row">
        <Link className="card-link" to="/customers" search={members(s)}>
          {s.name}
        </Link>
        <Mode segment={s} />
      </div>
      <div className="card-row">
        <span>{t('customer.segment.count', { n: s.members })}</span>
        {s.refreshed_on && <DateText value={s.refreshed_on} />}
      </div>
      {s.note && <span className="muted">{s.note}</span>}
    </>
  )
}
