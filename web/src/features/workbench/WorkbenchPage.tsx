import { type Query, useIsFetching, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Check, FilePlus2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, refreshUnder } from '@/api/client'
import { useMe } from '@/app/account'
import { withWords } from '@/app/i18n'
import { Choice } from '@/kit/Choice'
import { isCall, LogCall } from '@/kit/calls'
import { type Command, useCommands } from '@/kit/commands'
import { dutyOf } from '@/kit/DutyCustomer'
import { DoDuty, type Duty } from '@/kit/duties'
import { QueryView, SkeletonLines } from '@/kit/Loading'
import { Num } from '@/kit/Money'
import { KeyFigures, Page, Panel, ThumbBar } from '@/kit/Page'
import { useBegin } from '@/kit/useBegin'
import { usePermission } from '@/kit/usePermission'
import { Articles } from './Articles'
import { Alerts, Attention, Customers, Targets } from './Aside'
import { Checklist } from './Checklist'
import { Dedicated } from './Dedicated'
import { DutyList } from './DutyList'
import { Escalated } from './Escalated'
import { Reports } from './Reports'
import { Reviews } from './Reviews'
import { dayText, nextOf, settle, type Workbench } from './settle'
import { Tasks } from './Tasks'
import { CallsAgain, Visits } from './Visits'
import './workbench.css'

const Promises = lazy(withWords(['promise'], () => import('./Promises')))
const Trainings = lazy(withWords(['training'], () => import('./Trainings')))

const route = getRouteApi('/shell/')

/** The first page of the day: what is owed, what moved, what needs a hand. */
export default function WorkbenchPage() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const { whose = 'mine' } = route.useSearch()
  const navigate = route.useNavigate()
  const head = usePermission('duty.read', 'unit')
  const query = api.useQuery('get', '/api/v1/workbench', { params: { query: { whose } } })
  const fresh = useFresh()
  useWorkbenchCommands()
  return (
    <Page
      title={me ? t('workbench.hello', { name: me.name }) : t('app.area.workbench')}
      note={query.data && dayText(query.data.today, i18n.language)}
      actions={
        head && (
          <Choice
            label={t('workbench.whose.label')}
            options={(['mine', 'unit'] as const).map((value) => ({ value, label: t(`workbench.whose.${value}`) }))}
            value={whose}
            onChange={(v) => void navigate({ search: { whose: v === 'unit' ? v : undefined }, replace: true })}
          />
        )
      }
    >
      {fresh && <Checklist />}
      <QueryView query={query} lines={12}>
        {(w) => <Loaded key={whose} view={w} fresh={fresh} whose={whose} />}
      </QueryView>
    </Page>
  )
}

/** useFresh tells whether nobody has been graded yet, to those who could change that. */
function useFresh(): boolean {
  const setsUp = usePermission('import.run')
  const reads = usePermission('grading.read')
  const runs = api.useQuery(
    'get',
    '/api/v1/gradings',
    { params: { query: { state: 'done', limit: 1 } } },
    { enabled: setsUp && reads },
  )
  return setsUp && runs.data?.items.length === 0
}

function useWorkbenchCommands() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayImport = usePermission('import.run')
  const list: Command[] = (['overdue', 'today', 'week'] as const).map((tab) => ({
    id: `workbench.${tab}`,
    label: t(`workbench.go.${tab}`),
    group: 'act',
    run: () => void navigate({ to: '/service', search: { tab, whose: 'mine' } }),
  }))
  if (mayImport)
    list.push({
      id: 'workbench.import',
      label: t('workbench.go.import'),
      group: 'create',
      run: () => void navigate({ href: '/imports/new' }),
    })
  useCommands(list)
}

interface LoadedProps {
  view: Workbench
  fresh: boolean
  whose: 'mine' | 'unit'
}

function Loaded({ view: w, fresh, whose }: LoadedProps) {
  const client = useQueryClient()
  const heads = usePermission('customer.assign', 'unit')
  const [doing, setDoing] = useState<Duty>()
  const begin = useBegin(setDoing)
  const calling = doing && isCall(doing) ? doing : undefined
  const changed = (after: Duty) => {
    client.setQueriesData({ queryKey: ['get', '/api/v1/workbench'] }, (data: Workbench | undefined) =>
      data ? settle(data, after) : data,
    )
    void refreshUnder(client, ['/api/v1/duties', '/api/v1/customers'], true)
  }
  if (fresh && w.overdue.length + w.due_today.length + w.due_week.length === 0) return <Attention view={w} />
  return (
    <>
      <Figures view={w} />
      <div className="bench">
        <DutyList view={w} fresh={fresh} whose={whose} onDo={begin} onChanged={changed} />
        <Side>
          {whose === 'mine' && (
            <>
              <Tasks />
              <Visits />
              <CallsAgain />
              <Suspense>
                <Promises today={w.today} />
                <Trainings />
              </Suspense>
              <Escalated />
              <Reports />
              <Reviews />
              <Articles />
            </>
          )}
          {heads && <Dedicated />}
          <Attention view={w} />
          <Alerts whose={whose} />
          <Customers whose={whose} />
          <Targets whose={whose} />
        </Side>
      </div>
      <Acts view={w} onDo={begin} />
      {calling && (
        <LogCall
          to={{ customer: calling.customer, duty: calling }}
          onClose={() => setDoing(undefined)}
          onLogged={(c) => {
            if (c.outcome === 'reached') changed({ ...calling, state: 'kept' })
            void refreshUnder(client, ['/api/v1/calls', '/api/v1/workbench'])
          }}
        />
      )}
      <DoDuty
        duty={calling ? undefined : doing}
        today={w.today}
        onClose={() => setDoing(undefined)}
        onChanged={changed}
      />
    </>
  )
}

const SIDE_WAITS_MS = 1500
const first = (q: Query) => q.state.data === undefined && String(q.queryKey[1]).startsWith('/api/v1')

/** What stands beside the duties comes at once, when all of it is there or has kept the person waiting: nothing jumps. */
function Side({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const reading = useIsFetching({ predicate: first })
  const [shown, setShown] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each read that is over is a reason to look again
  useEffect(() => {
    if (client.isFetching({ predicate: first }) === 0) setShown(true)
  }, [client, reading])
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SIDE_WAITS_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div>
      {!shown && (
        <Panel>
          <SkeletonLines lines={8} />
        </Panel>
      )}
      <div className="bench-side" hidden={!shown}>
        {children}
      </div>
    </div>
  )
}

/** What one does most, at the thumb: take up the next duty, begin a case. */
function Acts({ view, onDo }: { view: Workbench; onDo: (d: Duty) => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const start = usePermission('procedure.start')
  const next = nextOf(view)
  if (!next && !start) return null
  return (
    <ThumbBar>
      {start && (
        <Button
          icon={<FilePlus2 size={16} strokeWidth={1.75} />}
          onClick={() => void navigate({ href: '/cases?start=choose' })}
        >
          {t('workbench.start_case')}
        </Button>
      )}
      {next && (
        <Button type="primary" icon={<Check size={16} strokeWidth={1.75} />} onClick={() => onDo(next)}>
          <span className="thumb-what">{t('workbench.do_next', { name: dutyOf(t, next) })}</span>
        </Button>
      )}
    </ThumbBar>
  )
}

function Figures({ view: { counts: c } }: { view: Workbench }) {
  const { t } = useTranslation()
  const may = usePermission('duty.read')
  if (!may) return null
  return (
    <div className="bench-figures">
      <KeyFigures
        items={[
          {
            label: t('workbench.overdue'),
            value: (
              <span className={c.overdue > 0 ? 'figure-bad' : undefined}>
                <Num value={c.overdue} />
              </span>
            ),
          },
          { label: t('workbench.today'), value: <Num value={c.today} /> },
          { label: t('workbench.week'), value: <Num value={c.week} /> },
          { label: t('workbench.done_month'), value: <Num value={c.kept_month + c.late_month} /> },
          {
            label: t('workbench.kept_rate'),
            value: c.kept_rate ? <Num value={c.kept_rate} unit="%" /> : <Num value={null} />,
          },
        ]}
      />
    </div>
  )
}
