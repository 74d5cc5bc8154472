import { getRouteApi, Link } from '@tanstack/react-router'
import { Button, Dropdown, Select } from 'antd'
import { Download, Medal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { useCommands } from '@/kit/commands'
import { EmptyState } from '@/kit/EmptyState'
import { useFormat } from '@/kit/format'
import { useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import { CrossTab } from './CrossTab'
import { JudgeTab } from './JudgeTab'
import { MovementTab } from './MovementTab'
import { OverviewTab } from './OverviewTab'
import { RunningRuns } from './RunningRuns'
import { RunsTab } from './RunsTab'
import { type GradingSearch, type GradingTab, gradingTabs } from './routes'
import { StartDrawer } from './StartDrawer'
import { VerdictsTab } from './VerdictsTab'
import { WithoutTab } from './WithoutTab'
import './grading.css'

export type SchemeOf = Schemas['GradingSchemeView']
export type Overview = Schemas['GradingOverviewView']

const route = getRouteApi('/shell/grading')

/** What the tabs get. */
export interface TabProps {
  scheme: SchemeOf
  overview: Overview
  /** The run whose verdicts are listed. */
  run: string | undefined
  search: GradingSearch
  set: (patch: GradingSearch) => void
}

/** chosenScheme is the scheme the page is about: the asked one, else the first adopted one, else the first. */
export const chosenScheme = (list: SchemeOf[], rulebook: string | undefined, scheme?: string): SchemeOf | undefined =>
  list.find((s) => s.rulebook === rulebook && s.scheme.id === scheme) ??
  list.find((s) => s.rulebook === rulebook) ??
  list.find((s) => s.adopted) ??
  list[0]

/** Grades: how they are spread, who moved, who has none, and the runs that gave them. */
export default function GradingPage() {
  const { t } = useTranslation()
  const schemes = useSchemes()
  const search = route.useSearch()
  const scheme = schemes.data && chosenScheme(schemes.data.items, search.rulebook, search.scheme)
  if (scheme)
    return <Graded key={`${scheme.rulebook}/${scheme.scheme.id}`} scheme={scheme} all={schemes.data?.items ?? []} />
  return (
    <Page title={t('app.area.grading')}>
      <QueryView query={schemes} lines={8}>
        {() => <EmptyState title={t('grading.no_rulebook')} hint={t('grading.no_rulebook_hint')} />}
      </QueryView>
    </Page>
  )
}

function Graded({ scheme, all }: { scheme: SchemeOf; all: SchemeOf[] }) {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: GradingSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const [starting, setStarting] = useState(false)
  const mayRun = usePermission('grading.run', 'all')
  const mayStart = mayRun && scheme.adopted
  const overview = api.useQuery('get', '/api/v1/grading/overview', {
    params: { query: { rulebook: scheme.rulebook, scheme: scheme.scheme.id } },
  })
  const axes = all.filter((s) => s.rulebook === scheme.rulebook)
  const tabs = gradingTabs.filter((k) => k !== 'cross' || axes.length > 1)
  const tab = search.tab && tabs.includes(search.tab) ? search.tab : 'overview'
  const run = search.run ?? overview.data?.last?.id
  useGradingCommands(tabs, mayStart, () => setStarting(true), set)
  return (
    <Page
      title={t('app.area.grading')}
      note={<LastRun overview={overview.data} />}
      fill={tab !== 'overview' && tab !== 'movement' && tab !== 'cross'}
      actions={
        <Actions
          scheme={scheme}
          all={all}
          run={run}
          set={set}
          onStart={mayStart ? () => setStarting(true) : undefined}
        />
      }
    >
      <GradingTabs tabs={tabs} tab={tab} overview={overview.data} set={set} />
      <RunningRuns rulebook={scheme.rulebook} />
      <QueryView query={overview} lines={10}>
        {(o) => <Content tab={tab} axes={axes} scheme={scheme} overview={o} run={run} search={search} set={set} />}
      </QueryView>
      {starting && <StartDrawer scheme={scheme} onClose={() => setStarting(false)} />}
    </Page>
  )
}

function useGradingCommands(tabs: GradingTab[], mayRun: boolean, start: () => void, set: TabProps['set']) {
  const { t } = useTranslation()
  useCommands([
    ...(mayRun ? [{ id: 'grading.start', label: t('grading.start.do'), group: 'act' as const, run: start }] : []),
    ...tabs.map((k) => ({
      id: `grading.tab.${k}`,
      label: t(`grading.tab.${k}`),
      group: 'act' as const,
      run: () => set({ tab: k }),
    })),
  ])
}

function LastRun({ overview }: { overview?: Overview }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  if (!overview?.last) return null
  return t('grading.as_of', { day: overview.last.as_of, n: num(overview.total), version: overview.last.version })
}

interface GradingTabsProps {
  tabs: GradingTab[]
  tab: GradingTab
  overview?: Overview
  set: TabProps['set']
}

function GradingTabs({ tabs, tab, overview: o, set }: GradingTabsProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const counts: Partial<Record<GradingTab, string>> = {
    verdicts: o?.last && num(o.last.graded),
    without: o?.last && num(o.last.without_verdict),
  }
  return (
    <TabBar<GradingTab>
      label={t('app.area.grading')}
      tabs={tabs.map((key) => ({ key, label: t(`grading.tab.${key}`), count: counts[key] }))}
      current={tab}
      onChoose={(key) =>
        set({ tab: key, run: undefined, code: undefined, direction: undefined, q: undefined, open: undefined })
      }
    />
  )
}

interface ActionsProps {
  scheme: SchemeOf
  all: SchemeOf[]
  run?: string
  set: TabProps['set']
  onStart?: () => void
}

function Actions({ scheme, all, run, set, onStart }: ActionsProps) {
  const { t } = useTranslation()
  const text = useText()
  const books = all.filter((s, i) => all.findIndex((x) => x.rulebook === s.rulebook) === i)
  const axes = all.filter((s) => s.rulebook === scheme.rulebook)
  return (
    <>
      <Select
        className="choose-rulebook"
        aria-label={t('grading.rulebook')}
        value={scheme.rulebook}
        onChange={(rulebook) =>
          set({
            rulebook,
            scheme: undefined,
            across: undefined,
            run: undefined,
            code: undefined,
            direction: undefined,
            open: undefined,
          })
        }
        options={books.map((s) => ({ value: s.rulebook, label: text(s.title) }))}
      />
      {axes.length > 1 && (
        <Select
          className="choose-scheme"
          aria-label={t('grading.scheme')}
          value={scheme.scheme.id}
          onChange={(id) => set({ scheme: id, run: undefined, code: undefined, direction: undefined, open: undefined })}
          options={axes.map((s) => ({ value: s.scheme.id, label: text(s.scheme.title) || s.scheme.id }))}
        />
      )}
      <Link to="/grading/reviews">
        <Button>{t('grading.reviews')}</Button>
      </Link>
      {run && <ExportButton run={run} />}
      {onStart && (
        <Button type="primary" icon={<Medal size={16} strokeWidth={1.75} />} onClick={onStart}>
          {t('grading.start.do')}
        </Button>
      )}
    </>
  )
}

function ExportButton({ run }: { run: string }) {
  const { t } = useTranslation()
  const file = (format: 'xlsx' | 'csv') => ({
    key: format,
    label: (
      <a href={`/api/v1/gradings/${run}/export?format=${format}`} download>
        {t(`grading.export.${format}`)}
      </a>
    ),
  })
  return (
    <Dropdown trigger={['click']} menu={{ items: [file('xlsx'), file('csv')] }}>
      <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('grading.export.do')}</Button>
    </Dropdown>
  )
}

function Content({ tab, axes, ...p }: TabProps & { tab: GradingTab; axes: SchemeOf[] }) {
  const { t } = useTranslation()
  if (tab === 'runs') return <RunsTab {...p} />
  if (tab === 'judge') return <JudgeTab {...p} />
  if (!p.run)
    return (
      <EmptyState
        title={t('grading.none')}
        hint={t(p.scheme.adopted ? 'grading.none_hint' : 'grading.not_adopted_hint')}
        actions={
          p.scheme.adopted ? undefined : (
            <Link to="/rulebooks/$id" params={{ id: p.scheme.rulebook }} search={{}}>
              <Button>{t('grading.open_rulebook')}</Button>
            </Link>
          )
        }
      />
    )
  if (tab === 'verdicts') return <VerdictsTab {...p} run={p.run} />
  if (tab === 'movement') return <MovementTab {...p} />
  if (tab === 'cross') return <CrossTab rulebook={p.scheme.rulebook} axes={axes} search={p.search} set={p.set} />
  if (tab === 'without') return <WithoutTab {...p} run={p.run} />
  return <OverviewTab {...p} />
}
