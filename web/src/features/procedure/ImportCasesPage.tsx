import { getRouteApi } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { asApiError, errorText, sentence } from '@/api/error'
import { upload } from '@/api/upload'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import { JobProgress } from '@/kit/JobProgress'
import type { Job } from '@/kit/jobs'
import { NoAccess } from '@/kit/NoAccess'
import { KeyFigures, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { UploadDrop } from '@/kit/UploadDrop'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'

const route = getRouteApi('/shell/cases/import')
const MAX_BYTES = 256 * 1024 * 1024
const SHOWN = 200

interface Problem {
  line: number
  number: string
  code: string
  args?: Record<string, unknown>
}

/** What the job of an import found out. */
interface Outcome {
  cases: number
  events: number
  reopened: number
  reassigned: number
  new: number
  unchanged: number
  differ: number
  problem_count: number
  problems: Problem[] | null
}

/** Brings the event log of a help desk in as cases, by a job that can be watched, left alone, and taken back. */
export default function ImportCasesPage() {
  const { t } = useTranslation()
  const may = usePermission('procedure.manage')
  const { job, undo } = route.useSearch()
  const navigate = route.useNavigate()
  const refresh = useRefreshUnder('/api/v1/cases', '/api/v1/inbox')
  const [share, setShare] = useState<number>()
  const [failure, setFailure] = useState<unknown>()
  if (!may) return <NoAccess title={t('replay.title')} />
  const send = async (file: File) => {
    setFailure(undefined)
    setShare(0)
    try {
      const path = `/api/v1/case-imports?${new URLSearchParams({ name: file.name })}`
      const begun = await upload<Schemas['ProcedureJobRef']>(path, file, { onProgress: setShare })
      await navigate({ search: { job: begun.job_id } })
    } catch (e) {
      setFailure(asApiError(e))
    } finally {
      setShare(undefined)
    }
  }
  return (
    <Page
      title={t('replay.title')}
      back={{ label: t('app.area.case'), onClick: () => void navigate({ to: '/cases' }) }}
      actions={job && <Button onClick={() => void navigate({ search: {} })}>{t('replay.another')}</Button>}
    >
      <div className="stack">
        {!job && (
          <Panel title={t('replay.file')}>
            <p className="muted">{t('replay.hint')}</p>
            {failure !== undefined && <ErrorState inline error={failure} />}
            {share === undefined ? (
              <UploadDrop accept=".csv,.xlsx,.gz" maxBytes={MAX_BYTES} onFiles={(f) => f[0] && void send(f[0])} />
            ) : (
              <progress className="job-bar" max={1} value={share} aria-label={t('replay.sending')} />
            )}
          </Panel>
        )}
        {job && (
          <Panel>
            <JobProgress
              key={job}
              id={job}
              title={t('replay.title')}
              onOver={() => void refresh()}
              result={(j) => <Result job={j} undone={undo !== undefined} />}
            />
          </Panel>
        )}
        {undo && (
          <Panel>
            <JobProgress
              key={undo}
              id={undo}
              title={t('replay.undo')}
              onOver={() => void refresh()}
              result={(j) => {
                const r = j.result as { gone: number; kept: number }
                return <p>{t('replay.undone', { gone: r.gone, kept: r.kept })}</p>
              }}
            />
          </Panel>
        )}
      </div>
    </Page>
  )
}

function Result({ job, undone }: { job: Job; undone: boolean }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const r = job.result as Outcome
  return (
    <div className="stack">
      <KeyFigures
        items={[
          { label: t('replay.events'), value: num(r.events) },
          { label: t('replay.cases'), value: num(r.cases) },
          { label: t('replay.new'), value: num(r.new) },
          {
            label: t('replay.unchanged'),
            value: num(r.unchanged),
            hint: r.differ > 0 && t('replay.differ', { n: num(r.differ) }),
          },
          { label: t('replay.problems'), value: num(r.problem_count) },
        ]}
      />
      {!undone && r.new > 0 && <Undo importID={job.id} cases={r.new} />}
      <Problems list={r.problems ?? []} count={r.problem_count} />
    </div>
  )
}

function Undo({ importID, cases }: { importID: string; cases: number }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { message } = App.useApp()
  const navigate = route.useNavigate()
  const confirm = useConfirm()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    const sure = await confirm({
      title: t('replay.undo'),
      text: t('replay.undo_text', { n: num(cases) }),
      ok: t('replay.undo'),
      danger: true,
    })
    if (!sure) return
    setBusy(true)
    try {
      const { data } = await http.POST('/api/v1/case-imports/{id}/undo', { params: { path: { id: importID } } })
      if (data) await navigate({ search: (s) => ({ ...s, undo: data.job_id }), replace: true })
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div>
      <Button danger loading={busy} onClick={() => void run()}>
        {t('replay.undo')}
      </Button>
    </div>
  )
}

function Problems({ list, count }: { list: Problem[]; count: number }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const shown = list.slice(0, SHOWN)
  if (shown.length === 0) return null
  return (
    <PlainTable<Problem>
      caption={t('replay.problems')}
      note={count > shown.length ? t('replay.first', { n: num(shown.length), all: num(count) }) : undefined}
      rows={shown}
      rowKey={(p) => `${p.line}/${p.number}/${p.code}`}
      columns={[
        { key: 'line', title: t('replay.line'), num: true, render: (p) => (p.line > 0 ? num(p.line) : '—') },
        { key: 'number', title: t('replay.number'), num: true, head: true, render: (p) => p.number || '—' },
        { key: 'what', title: t('replay.what'), render: (p) => sentence(t, p.code, p.args ?? {}) },
      ]}
    />
  )
}
