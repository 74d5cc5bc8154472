import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { asApiError, sentence } from '@/api/error'
import { upload } from '@/api/upload'
import { Choice } from '@/kit/Choice'
import { DateText } from '@/kit/DateText'
import { ErrorState } from '@/kit/ErrorState'
import { useFormat } from '@/kit/format'
import { JobProgress } from '@/kit/JobProgress'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { KeyFigures, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { UploadDrop } from '@/kit/UploadDrop'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import './admin.css'

const route = getRouteApi('/shell/settings/staff-import')
const MAX_BYTES = 64 * 1024 * 1024

type Plan = Schemas['StaffPlanView']
type Problem = Pick<Schemas['StaffProblemView'], 'line' | 'key' | 'field' | 'code'> & { args?: Record<string, unknown> }
type Target = 'people' | 'units'

/** What the job of an import came to. */
interface Outcome {
  created: number
  updated: number
  unchanged: number
  kept: number
  problems: Problem[] | null
}

/** Brings people or units in from a sheet: looked at first, then applied, and taken back if need be. */
export default function StaffImportPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  return may ? <StaffImport /> : <NoAccess title={t('staff.title')} />
}

function StaffImport() {
  const { t } = useTranslation()
  const { id } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title={t('staff.title')}
      back={{ label: t('admin.page.users'), onClick: () => void navigate({ to: '/settings/users', search: {} }) }}
      actions={id && <Button onClick={() => void navigate({ search: {} })}>{t('staff.another')}</Button>}
    >
      <div className="settings-column">{id ? <One key={id} id={id} /> : <Begin />}</div>
    </Page>
  )
}

function Begin() {
  const { t, i18n } = useTranslation()
  const navigate = route.useNavigate()
  const refresh = useRefreshUnder('/api/v1/staff-imports')
  const [target, setTarget] = useState<Target>('people')
  const [share, setShare] = useState<number>()
  const [failure, setFailure] = useState<unknown>()
  const send = async (file: File) => {
    setFailure(undefined)
    setShare(0)
    try {
      const path = `/api/v1/staff-imports?${new URLSearchParams({ target, name: file.name })}`
      const plan = await upload<Plan>(path, file, { onProgress: setShare })
      await refresh()
      await navigate({ search: { id: plan.import.id } })
    } catch (e) {
      setFailure(asApiError(e))
    } finally {
      setShare(undefined)
    }
  }
  return (
    <>
      <Panel title={t('staff.file')}>
        <p className="muted">{t(`staff.hint_${target}`)}</p>
        <div className="row">
          <Choice
            label={t('staff.what')}
            value={target}
            onChange={setTarget}
            options={(['people', 'units'] as const).map((v) => ({ value: v, label: t(`staff.${v}`) }))}
          />
          <span className="grow" />
          <Button href={`/api/v1/staff-imports/export?target=${target}&format=xlsx&lang=${i18n.language}`}>
            {t('staff.export')}
          </Button>
        </div>
        {failure !== undefined && <ErrorState inline error={failure} />}
        {share === undefined ? (
          <UploadDrop accept=".csv,.xlsx" maxBytes={MAX_BYTES} onFiles={(f) => f[0] && void send(f[0])} />
        ) : (
          <progress className="job-bar" max={1} value={share} aria-label={t('staff.sending')} />
        )}
      </Panel>
      <History />
    </>
  )
}

function History() {
  const { t } = useTranslation()
  const navigate = route.useNavigate()
  const query = api.useQuery('get', '/api/v1/staff-imports')
  return (
    <Panel title={t('staff.history')}>
      <QueryView query={query} lines={3}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted">{t('staff.none')}</p>
          ) : (
            <ul className="entries" aria-label={t('staff.history')}>
              {list.items.map((m) => (
                <li key={m.id}>
                  <button
                    type="button"
                    className="card-link card-button"
                    onClick={() => void navigate({ search: { id: m.id } })}
                  >
                    {m.file}
                  </button>
                  <span className="muted">{t(`staff.${m.target}`)}</span>
                  <span className="muted">{t(`staff.state.${m.state}`)}</span>
                  <span className="muted">
                    {m.by} <DateText value={m.created_at} time />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  )
}

/** A sheet: what it would change, what is wrong, and the way on. */
function One({ id }: { id: string }) {
  const query = api.useQuery('get', '/api/v1/staff-imports/{id}', { params: { path: { id } } })
  const refresh = useRefreshUnder('/api/v1/staff-imports', '/api/v1/users', '/api/v1/units', '/api/v1/colleagues')
  const { t } = useTranslation()
  const [job, setJob] = useState<string>()
  return (
    <>
      {job && (
        <Panel>
          <JobProgress
            key={job}
            id={job}
            title={t('staff.title')}
            onOver={() => void refresh()}
            result={(j) => <Result outcome={j.result as Outcome} />}
          />
        </Panel>
      )}
      <QueryView query={query} lines={8}>
        {(plan) => <Preview plan={plan} onBegun={setJob} busy={Boolean(job)} />}
      </QueryView>
    </>
  )
}

function Preview({ plan, onBegun, busy }: { plan: Plan; onBegun: (job: string) => void; busy: boolean }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const confirm = useConfirm()
  const m = plan.import
  const begin = (what: 'apply' | 'undo') =>
    confirm({
      title: t(`staff.${what}_title`),
      text: t(`staff.${what}_text`, { n: num(plan.new + plan.changed) }),
      ok: t(`staff.${what}`),
      danger: what === 'undo',
      action: async () => {
        const params = { path: { id: m.id } }
        const { data } =
          what === 'apply'
            ? await http.POST('/api/v1/staff-imports/{id}/apply', { params })
            : await http.POST('/api/v1/staff-imports/{id}/undo', { params })
        if (data) onBegun(data.job_id)
      },
    })
  return (
    <>
      <Panel title={m.file}>
        <KeyFigures
          items={[
            { label: t('staff.new'), value: num(plan.new) },
            { label: t('staff.changed'), value: num(plan.changed) },
            { label: t('staff.unchanged'), value: num(plan.unchanged) },
            { label: t('staff.refused'), value: num(plan.refused) },
          ]}
        />
        <div className="row">
          {m.state !== 'undone' && plan.new + plan.changed > 0 && (
            <Button type="primary" disabled={busy} onClick={() => void begin('apply')}>
              {t('staff.apply')}
            </Button>
          )}
          {m.state === 'applied' && (
            <Button danger onClick={() => void begin('undo')}>
              {t('staff.undo')}
            </Button>
          )}
          <span className="muted">{t(`staff.state.${m.state}`)}</span>
        </div>
      </Panel>
      {plan.problems.length > 0 && (
        <Panel title={t('staff.problems')}>
          <Problems list={plan.problems} />
        </Panel>
      )}
      {plan.steps.length > 0 && (
        <Panel title={t('staff.steps')}>
          <PlainTable
            caption={t('staff.steps')}
            rows={plan.steps}
            rowKey={(s) => String(s.line)}
            columns={[
              { key: 'line', title: t('staff.line'), num: true, render: (s) => num(s.line) },
              { key: 'key', title: t('staff.key'), head: true, render: (s) => s.key },
              {
                key: 'new',
                title: t('staff.what_happens'),
                render: (s) => t(s.new ? 'staff.is_new' : 'staff.is_changed'),
              },
              {
                key: 'changes',
                title: t('staff.fields'),
                render: (s) =>
                  s.changes
                    .map((c) =>
                      t('staff.change', {
                        field: t(`staff.field.${c.field}`),
                        before: c.before || '—',
                        after: c.after || '—',
                      }),
                    )
                    .join(t('kit.list_comma')),
              },
            ]}
          />
        </Panel>
      )}
    </>
  )
}

function Result({ outcome: r }: { outcome: Outcome }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  return (
    <div className="stack">
      <KeyFigures
        items={[
          { label: t('staff.created'), value: num(r.created) },
          { label: t('staff.updated'), value: num(r.updated) },
          { label: t('staff.kept'), value: num(r.kept) },
          { label: t('staff.refused'), value: num(r.problems?.length ?? 0) },
        ]}
      />
      {r.problems && r.problems.length > 0 && <Problems list={r.problems} />}
    </div>
  )
}

function Problems({ list }: { list: Problem[] }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  return (
    <PlainTable<Problem>
      caption={t('staff.problems')}
      rows={list}
      rowKey={(p) => `${p.line}/${p.field}/${p.code}`}
      columns={[
        { key: 'line', title: t('staff.line'), num: true, render: (p) => num(p.line) },
        { key: 'key', title: t('staff.key'), head: true, render: (p) => p.key || '—' },
        {
          key: 'field',
          title: t('staff.in_field'),
          render: (p) => (p.field ? t(`staff.field.${p.field}`, { defaultValue: p.field }) : '—'),
        },
        { key: 'what', title: t('staff.wrong'), render: (p) => sentence(t, p.code, p.args ?? {}) },
      ]}
    />
  )
}
