import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { FlaskConical, Stamp } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { withWords } from '@/app/i18n'
import { useCommands } from '@/kit/commands'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { TabBar, type TabItem } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { AdoptDrawer } from './AdoptDrawer'
import { CasesTab } from './CasesTab'
import { ClausesTab } from './ClausesTab'
import { EditButton } from './Drafts'
import { DutiesTab } from './DutiesTab'
import { FilesTab } from './FilesTab'
import { PanelSkeleton } from './PanelSkeleton'
import { ProblemsTab } from './ProblemsTab'
import { ReadNotice } from './Receipts'
import { useRequests } from './Requests'
import { type RulebookSearch, type RulebookTab, rulebookTabs } from './routes'
import { SettingsTab } from './SettingsTab'
import { SimulateDrawer } from './SimulateDrawer'
import { SimulationTab } from './SimulationTab'
import { InForce, stateTones } from './states'
import { VersionsTab } from './VersionsTab'
import './rulebook.css'

const PlanPreview = lazy(
  withWords(['foresee', 'rulebook', 'draft', 'occasion', 'why', 'job'], () => import('./PlanPreview')),
)
const ComplianceTab = lazy(() => import('./ComplianceTab').then((m) => ({ default: m.ComplianceTab })))

type Rulebook = Schemas['RulebookView']

const ProceduresTab = lazy(
  withWords(['flow', 'designer', 'rulebook', 'draft', 'occasion', 'why'], () => import('./ProceduresTab')),
)

const route = getRouteApi('/shell/rulebooks/$id')

/** What the tabs get. */
export interface TabProps {
  book: Rulebook
  /** The version that is shown. */
  version: string
  search: RulebookSearch
  set: (patch: RulebookSearch) => void
}

/** shownVersion is the version a rulebook's page is about: the asked one, else the one in force, else the newest. */
export const shownVersion = (b: Rulebook, asked: string | undefined): string =>
  b.versions.find((v) => v.version === asked)?.version ?? b.in_force?.version ?? b.newest_version

/** One rulebook: what it says, what carries it out, whether it holds, and when it is in force. */
export default function RulebookPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const text = useText()
  const navigate = useNavigate()
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}', { params: { path: { id } } })
  const back = { label: t('app.area.rulebook'), onClick: () => void navigate({ to: '/rulebooks' }) }
  const book = query.data
  if (!book)
    return (
      <Page title={t('app.area.rulebook')} back={back}>
        <QueryView query={query} lines={8}>
          {() => null}
        </QueryView>
      </Page>
    )
  return <Loaded book={book} title={text(book.title)} back={back} refetch={() => void query.refetch()} />
}

function Loaded(p: {
  book: Rulebook
  title: string
  back: { label: string; onClick: () => void }
  refetch: () => void
}) {
  const { t } = useTranslation()
  const b = p.book
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: RulebookSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const [form, setForm] = useState<'adopt' | 'simulate'>()
  const mayWrite = usePermission('rulebook.write')
  const adopts = usePermission('rulebook.adopt')
  const mayAdopt = b.by_case ? mayWrite : adopts
  const adoptText = t(b.by_case ? 'rulebook.adopt.send' : 'rulebook.adopt.do')
  const maySimulate = usePermission('grading.run', 'all')
  const version = shownVersion(b, search.version)
  const procedures = useProcedures(b, version)
  const tabs = useShownTabs(search, procedures)
  const tab = search.tab ?? 'clauses'
  useCommands([
    ...(mayAdopt
      ? [{ id: 'rulebook.adopt', label: adoptText, group: 'act' as const, run: () => setForm('adopt') }]
      : []),
    ...(maySimulate
      ? [
          {
            id: 'rulebook.simulate',
            label: t('rulebook.simulate.do'),
            group: 'act' as const,
            run: () => setForm('simulate'),
          },
        ]
      : []),
    ...tabs
      .filter((k) => k !== 'simulation')
      .map((k) => ({
        id: `rulebook.tab.${k}`,
        label: t(`rulebook.tab.${k}`),
        group: 'act' as const,
        run: () => set({ tab: k }),
      })),
  ])
  const props: TabProps = { book: b, version, search, set }
  return (
    <Page
      title={p.title}
      back={p.back}
      badges={<StatusDot label={t(`rulebook.state.${b.state}`)} tone={stateTones[b.state]} />}
      note={<InForce item={b} />}
      actions={
        <>
          {maySimulate && (
            <Button icon={<FlaskConical size={16} strokeWidth={1.75} />} onClick={() => setForm('simulate')}>
              {t('rulebook.simulate.do')}
            </Button>
          )}
          {mayWrite && <EditButton rulebook={b.id} version={version} />}
          {mayAdopt && (
            <Button type="primary" icon={<Stamp size={16} strokeWidth={1.75} />} onClick={() => setForm('adopt')}>
              {adoptText}
            </Button>
          )}
        </>
      }
    >
      <ReadNotice rulebook={b.id} />
      <TabBar<RulebookTab>
        label={p.title}
        tabs={useTabs(b, tabs, procedures)}
        current={tab}
        onChoose={(k) => set({ tab: k })}
      />
      <TabContent tab={tab} {...props} />
      {form === 'adopt' && (
        <AdoptDrawer book={b} version={version} onClose={() => setForm(undefined)} onAdopted={p.refetch} />
      )}
      {form === 'simulate' && (
        <SimulateDrawer
          book={b}
          version={version}
          onClose={() => setForm(undefined)}
          onStarted={(job) => set({ tab: 'simulation', job, cell: undefined, scheme: undefined })}
        />
      )}
    </Page>
  )
}

/** The tabs that have something to show to this person. */
function useShownTabs(search: RulebookSearch, procedures: number): RulebookTab[] {
  const duties = usePermission('duty.read')
  const grades = usePermission('grading.read')
  return rulebookTabs.filter(
    (k) =>
      (k !== 'simulation' || search.job) &&
      (k !== 'compliance' || (duties && grades)) &&
      (k !== 'procedures' || procedures > 0 || search.tab === k),
  )
}

/** useProcedures counts the procedures of a version. */
function useProcedures(b: Rulebook, version: string): number {
  const { data } = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/procedures', {
    params: { path: { id: b.id, version } },
  })
  return data?.items.length ?? 0
}

function useTabs(b: Rulebook, shown: RulebookTab[], procedures: number): TabItem<RulebookTab>[] {
  const { t } = useTranslation()
  const findings = b.errors + b.warnings
  const asked = useRequests(b.id).data?.items.some((r) => r.state === 'open')
  const counts: Partial<Record<RulebookTab, string | number>> = {
    procedures: procedures || undefined,
    duties: b.duties.length || undefined,
    settings: b.settings.length || undefined,
    cases: b.cases_passed + b.cases_failed || undefined,
    problems: findings || undefined,
    versions: asked ? t('rulebook.request.waiting') : b.versions.length,
  }
  const bad: Partial<Record<RulebookTab, boolean>> = {
    cases: b.cases_failed > 0,
    problems: b.errors > 0,
    versions: asked,
  }
  return shown.map((key) => ({
    key,
    label: t(`rulebook.tab.${key}`),
    count: counts[key],
    tone: bad[key] ? 'bad' : undefined,
  }))
}

const waiting = (
  <Panel>
    <PanelSkeleton />
  </Panel>
)

function TabContent({ tab, ...p }: TabProps & { tab: RulebookTab }) {
  switch (tab) {
    case 'procedures':
      return (
        <Suspense fallback={waiting}>
          <ProceduresTab {...p} />
        </Suspense>
      )
    case 'duties':
      return (
        <div className="stack">
          <DutiesTab {...p} />
          {p.book.duties.length > 0 && (
            <Suspense fallback={waiting}>
              <PlanPreview {...p} />
            </Suspense>
          )}
        </div>
      )
    case 'compliance':
      return (
        <Suspense fallback={waiting}>
          <ComplianceTab {...p} />
        </Suspense>
      )
    case 'settings':
      return <SettingsTab {...p} />
    case 'cases':
      return <CasesTab {...p} />
    case 'problems':
      return <ProblemsTab {...p} />
    case 'files':
      return <FilesTab {...p} />
    case 'versions':
      return <VersionsTab {...p} />
    case 'simulation':
      return <SimulationTab {...p} />
    default:
      return <ClausesTab {...p} />
  }
}
