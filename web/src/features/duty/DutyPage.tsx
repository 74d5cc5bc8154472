import { keepPreviousData, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { App, Button, Dropdown, Segmented } from 'antd'
import { CalendarSync, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http, refreshUnder, useRefreshUnder } from '@/api/client'
import { errorText } from '@/api/error'
import { AreaLink } from '@/kit/AreaLink'
import { type Command, useCommands } from '@/kit/commands'
import { DataTable } from '@/kit/DataTable'
import { dutyOf } from '@/kit/DutyCustomer'
import { DoDuty, type Duty, WaiveDuty } from '@/kit/duties'
import { EmptyState } from '@/kit/EmptyState'
import { FilterBar } from '@/kit/FilterBar'
import { formatFilter, parseFilters } from '@/kit/filters'
import { civil, useFormat } from '@/kit/format'
import { JobProgress } from '@/kit/JobProgress'
import { Page, Panel } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { useBegin } from '@/kit/useBegin'
import { usePermission } from '@/kit/usePermission'
import { useDutyColumns } from './columns'
import { DutyCard } from './DutyCard'
import { DutyPanel } from './DutyPanel'
import { useDutyFields } from './fields'
import { dutyQuery, queryText } from './query'
import { replaceDuty } from './replace'
import { type DutySearch, type DutyTab, dutyTabs } from './routes'
import './duty.css'

const route = getRouteApi('/shell/service')

/** Duties: what is owed to customers by a day, and what became of it. */
export default function DutyPage() {
  const { t, i18n } = useTranslation()
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: DutySearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const wide = usePermission('duty.read', 'unit')
  const mayExport = usePermission('duty.export')
  const today = civil(new Date())
  const tab = search.tab ?? 'today'
  const whose = search.whose ?? (wide ? 'all' : 'mine')
  const filters = parseFilters(search.filter)
  const asked = dutyQuery(tab, whose === 'mine', filters, today)
  const list = useDuties(asked)
  const [doing, setDoing] = useState<Duty>()
  const [waiving, setWaiving] = useState<Duty>()
  const plan = usePlan()
  const changed = useChanged()
  const begin = useBegin(setDoing)
  const actions = { onDo: begin, onWaive: setWaiving, onChanged: changed }
  const columns = useDutyColumns(today, tab, actions)
  const fields = useDutyFields(tab)
  useDutyCommands(set, plan.start)
  return (
    <Page
      title={t('app.area.duty')}
      note={<Rate mine={whose === 'mine'} />}
      fill
      actions={
        <>
          {wide && (
            <Segmented
              aria-label={t('duty.whose')}
              value={whose}
              onChange={(v) => set({ whose: v === 'mine' ? 'mine' : 'all', open: undefined })}
              options={[
                { value: 'mine', label: t('duty.mine') },
                { value: 'all', label: t('duty.all') },
              ]}
            />
          )}
          {wide && <AreaLink to="/service/rendered">{t('duty.rendered')}</AreaLink>}
          <AreaLink to="/service/events">{t('duty.events')}</AreaLink>
          <AreaLink to="/service/owners">{t('duty.owners')}</AreaLink>
          {mayExport && <ExportButton query={(format) => queryText(asked, { format, lang: i18n.language })} />}
          {plan.start && (
            <Button icon={<CalendarSync size={16} strokeWidth={1.75} />} onClick={() => void plan.start?.()}>
              {t('duty.plan')}
            </Button>
          )}
        </>
      }
    >
      {plan.progress}
      <DataTable<Duty>
        id={`duties-${tab}`}
        label={t('app.area.duty')}
        columns={columns}
        rows={list.rows}
        rowKey={(d) => d.id}
        rowLabel={(d) => `${dutyOf(t, d)} ${text(d.title)}`}
        error={list.query.error}
        onRetry={() => void list.query.refetch()}
        refreshing={list.query.isRefetching}
        more={{
          has: list.query.hasNextPage,
          loading: list.query.isFetchingNextPage,
          load: () => void list.query.fetchNextPage(),
        }}
        onOpen={(d) => set({ open: d.id })}
        openKey={search.open}
        tabs={<Tabs current={tab} mine={whose === 'mine'} set={set} />}
        bar={<FilterBar fields={fields} filters={filters} onFilters={(f) => set({ filter: f.map(formatFilter) })} />}
        card={(d) => <DutyCard duty={d} today={today} onOpen={() => set({ open: d.id })} {...actions} />}
        empty={<Nothing tab={tab} mine={whose === 'mine'} filtered={filters.length > 0} set={set} />}
      />
      {search.open && (
        <DutyPanel
          id={search.open}
          rows={list.rows ?? []}
          today={today}
          onOpen={(open) => set({ open })}
          {...actions}
        />
      )}
      <DoDuty duty={doing} today={today} onClose={() => setDoing(undefined)} onChanged={changed} />
      <WaiveDuty duty={waiving} onClose={() => setWaiving(undefined)} onChanged={changed} />
    </Page>
  )
}

function useDuties(asked: ReturnType<typeof dutyQuery>) {
  const query = api.useInfiniteQuery(
    'get',
    '/api/v1/duties',
    { params: { query: asked } },
    {
      ...byCursor,
      placeholderData: keepPreviousData,
    },
  )
  return { query, rows: query.data?.pages.flatMap((p) => p.items) }
}

/** A changed duty stays where it is in the lists, so that it can be taken back there; the figures are read again. */
function useChanged() {
  const client = useQueryClient()
  return (after: Duty) => {
    client.setQueriesData({ queryKey: ['get', '/api/v1/duties'] }, (data: unknown) => replaceDuty(data, after))
    client.setQueriesData({ queryKey: ['get', '/api/v1/duties/{id}'] }, (data: Duty | undefined) =>
      data?.id === after.id ? after : data,
    )
    void refreshUnder(client, ['/api/v1/duties/counts'])
    void refreshUnder(client, ['/api/v1/workbench', '/api/v1/customers'], true)
  }
}

/** Plans the duties of the present grades now, and shows how far that is. */
function usePlan() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const over = useRefreshUnder('/api/v1/duties')
  const may = usePermission('grading.run')
  const [jobs, setJobs] = useState<string[]>([])
  const start = async () => {
    try {
      const { data } = await http.POST('/api/v1/duties/plan', { body: {} })
      if (data && data.job_ids.length === 0) void message.info(t('duty.nothing_to_plan'))
      setJobs(data?.job_ids ?? [])
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  const progress = jobs.length > 0 && (
    <div className="planning">
      <Panel>
        {jobs.map((id) => (
          <JobProgress key={id} id={id} title={t('duty.planning')} onOver={() => void over()} />
        ))}
      </Panel>
    </div>
  )
  return { start: may ? start : undefined, progress }
}

function useDutyCommands(set: (patch: DutySearch) => void, plan: (() => Promise<void>) | undefined) {
  const { t } = useTranslation()
  const list: Command[] = dutyTabs.map((k) => ({
    id: `duty.tab.${k}`,
    label: t('duty.show', { what: t(`duty.tab.${k}`) }),
    group: 'act',
    run: () => set({ tab: k }),
  }))
  if (plan) list.push({ id: 'duty.plan', label: t('duty.plan'), group: 'act', run: () => void plan() })
  useCommands(list)
}

function useCounts(mine: boolean) {
  return api.useQuery('get', '/api/v1/duties/counts', { params: { query: { mine } } })
}

function Rate({ mine }: { mine: boolean }) {
  const { t } = useTranslation()
  const { data } = useCounts(mine)
  return data?.kept_rate ? t('duty.kept_rate', { rate: data.kept_rate }) : null
}

function Tabs({ current, mine, set }: { current: DutyTab; mine: boolean; set: (patch: DutySearch) => void }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { data } = useCounts(mine)
  const counts: Partial<Record<DutyTab, number>> = { today: data?.today, week: data?.week, overdue: data?.overdue }
  return (
    <TabBar<DutyTab>
      label={t('app.area.duty')}
      tabs={dutyTabs.map((key) => {
        const n = counts[key]
        return {
          key,
          label: t(`duty.tab.${key}`),
          count: n === undefined ? undefined : num(n),
          tone: key === 'overdue' && n ? 'bad' : undefined,
        }
      })}
      current={current}
      onChoose={(tab) => set({ tab, open: undefined })}
    />
  )
}

function ExportButton({ query }: { query: (format: string) => string }) {
  const { t } = useTranslation()
  const file = (format: 'xlsx' | 'csv') => ({
    key: format,
    label: (
      <a href={`/api/v1/duties/export?${query(format)}`} download>
        {t(`duty.export.${format}`)}
      </a>
    ),
  })
  return (
    <Dropdown trigger={['click']} menu={{ items: [file('xlsx'), file('csv')] }}>
      <Button icon={<Download size={16} strokeWidth={1.75} />}>{t('duty.export.do')}</Button>
    </Dropdown>
  )
}

interface NothingProps {
  tab: DutyTab
  mine: boolean
  filtered: boolean
  set: (patch: DutySearch) => void
}

function Nothing({ tab, mine, filtered, set }: NothingProps) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { data } = useCounts(mine)
  if (filtered)
    return (
      <EmptyState
        title={t('duty.none.filtered')}
        actions={<Button onClick={() => set({ filter: undefined })}>{t('kit.filter.clear')}</Button>}
      />
    )
  const near = tab === 'today' || tab === 'week'
  const actions = near && (
    <>
      {data !== undefined && data.overdue > 0 && (
        <Button onClick={() => set({ tab: 'overdue' })}>{t('duty.none.see_overdue', { n: num(data.overdue) })}</Button>
      )}
      <Button onClick={() => set({ tab: 'upcoming' })}>{t('duty.none.see_upcoming')}</Button>
    </>
  )
  return <EmptyState title={t(`duty.none.${tab}`)} hint={t('duty.none.hint')} actions={actions} />
}
