import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Fields, Page, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { TabBar } from '@/kit/TabBar'
import { usePermission } from '@/kit/usePermission'
import { AllJobs } from './AllJobs'
import { bytes } from './bytes'
import { statusTabs } from './routes'

const REFRESH_MS = 10_000
const tones: Record<Schemas['StatusCheckView']['level'], StatusTone> = { ok: 'ok', warn: 'warn', bad: 'bad' }
/** Where what a check asks about can be looked at and mended. */
const places: Partial<Record<Schemas['StatusCheckView']['name'], string>> = {
  events: '/settings/events',
  backup: '/settings/backup',
  jobs: '/settings/system?tab=jobs&state=failed',
  statements: '/settings/system?tab=statements',
}

/** How the installation does: checks, storage, everybody's jobs, and statements that took long. */
export default function StatusPage() {
  const { t } = useTranslation()
  const may = usePermission('system.manage')
  const { tab = 'overview' } = useSearch({ from: '/shell/settings/system' })
  const navigate = useNavigate()
  if (!may) return <NoAccess title={t('status.title')} />
  return (
    <Page title={t('status.title')}>
      <TabBar
        label={t('status.title')}
        tabs={statusTabs.map((key) => ({ key, label: t(`status.tab.${key}`) }))}
        current={tab}
        onChoose={(key) => void navigate({ to: '/settings/system', search: { tab: key } })}
      />
      {tab === 'overview' && <Overview />}
      {tab === 'jobs' && <AllJobs />}
      {tab === 'statements' && <Statements />}
    </Page>
  )
}

function Overview() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const system = api.useQuery('get', '/api/v1/system', {}, { refetchInterval: REFRESH_MS })
  return (
    <QueryView query={system} lines={10}>
      {(s) => (
        <div className="stack">
          <Panel title={t('status.checks')}>
            <PlainTable
              rows={s.checks}
              rowKey={(c) => c.name}
              columns={[
                { key: 'name', title: t('status.check.title'), head: true, render: (c) => t(`status.check.${c.name}`) },
                {
                  key: 'level',
                  title: t('status.check.level'),
                  render: (c) => <StatusDot tone={tones[c.level]} label={t(`status.level.${c.level}`)} />,
                },
                { key: 'says', title: t('status.check.says'), render: (c) => <Says check={c.name} of={s} /> },
                {
                  key: 'go',
                  title: '',
                  render: (c) =>
                    c.level !== 'ok' && places[c.name] && <Link to={places[c.name]}>{t('status.see')}</Link>,
                },
              ]}
            />
          </Panel>
          <Panel title={t('status.program')}>
            <Fields
              items={[
                { label: t('status.version'), value: <span className="num">{s.version}</span> },
                { label: t('status.go'), value: <span className="num">{s.go}</span> },
                { label: t('status.started'), value: <DateText value={s.started_at} time /> },
                { label: t('status.database'), value: t(`status.databases.${s.database}`) },
                { label: t('status.schema'), value: <span className="num">{num(s.schema)}</span> },
                { label: t('status.busy'), value: `${num(s.storage.busy)} / ${num(s.storage.most)}` },
              ]}
            />
          </Panel>
          <Panel title={t('status.storage')}>
            <Fields
              items={[
                { label: t('status.data'), value: bytes(s.storage.data) },
                ...(s.database === 'sqlite'
                  ? [
                      { label: t('status.free'), value: bytes(s.storage.free) },
                      { label: t('status.wal'), value: bytes(s.storage.wal) },
                    ]
                  : []),
                {
                  label: t('status.files'),
                  value: t('status.files_of', { n: num(s.storage.files), size: bytes(s.storage.file_bytes) }),
                },
                {
                  label: t('status.disk'),
                  value: s.storage.disk_size
                    ? t('status.of', { a: bytes(s.storage.disk_free), b: bytes(s.storage.disk_size) })
                    : '—',
                },
              ]}
            />
          </Panel>
        </div>
      )}
    </QueryView>
  )
}

/** The figure behind a check. */
function Says({ check, of: s }: { check: Schemas['StatusCheckView']['name']; of: Schemas['StatusView'] }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  switch (check) {
    case 'schema':
      return t('status.of', { a: num(s.schema), b: num(s.schema_newest) })
    case 'disk':
      return s.storage.disk_size ? bytes(s.storage.disk_free) : '—'
    case 'database':
      return t('status.of', { a: num(s.storage.busy), b: num(s.storage.most) })
    case 'events':
      return t('status.events_of', { open: num(s.events.open), parked: num(s.events.parked) })
    case 'jobs':
      return t('status.jobs_of', {
        waiting: num(s.jobs.waiting),
        running: num(s.jobs.running),
        failed: num(s.jobs.failed),
      })
    case 'backup':
      return <DateText value={s.backup_at} time />
    case 'statements':
      return t('status.since', { at: s.started_at.slice(0, 10) })
  }
}

function Statements() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const list = api.useQuery('get', '/api/v1/system/statements', {})
  return (
    <QueryView query={list} lines={8}>
      {(d) =>
        d.items.length === 0 ? (
          <EmptyState title={t('status.none_slow')} hint={t('status.slow_note', { ms: num(d.from_ms) })} />
        ) : (
          <Panel>
            <PlainTable
              note={t('status.slow_note', { ms: num(d.from_ms) })}
              rows={d.items}
              rowKey={(x) => x.shape}
              columns={[
                {
                  key: 'shape',
                  title: t('status.shape'),
                  head: true,
                  render: (x) => <code className="event-error">{x.shape}</code>,
                },
                { key: 'times', title: t('status.times'), num: true, right: true, render: (x) => num(x.times) },
                {
                  key: 'longest',
                  title: t('status.longest'),
                  num: true,
                  right: true,
                  render: (x) => num(Math.round(x.longest_ms)),
                },
                {
                  key: 'total',
                  title: t('status.total'),
                  num: true,
                  right: true,
                  render: (x) => num(Math.round(x.total_ms)),
                },
                { key: 'last', title: t('status.last'), render: (x) => <DateText value={x.last_at} time /> },
              ]}
            />
          </Panel>
        )
      }
    </QueryView>
  )
}
