import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, refreshUnder } from '@/api/client'
import { useMe } from '@/app/account'
import { isCall, LogCall } from '@/kit/calls'
import { type Command, useCommands } from '@/kit/commands'
import { DoDuty, type Duty } from '@/kit/duties'
import { QueryView } from '@/kit/Loading'
import { Num } from '@/kit/Money'
import { KeyFigures, Page } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { Articles } from './Articles'
import { Attention, Birthdays, Gaps, Grades, Movements } from './Aside'
import { Checklist } from './Checklist'
import { DutyList } from './DutyList'
import { Reports } from './Reports'
import { Reviews } from './Reviews'
import { dayText, settle, type Workbench } from './settle'
import { Tasks } from './Tasks'
import { CallsAgain, Visits } from './Visits'
import './workbench.css'

const Escalated = lazy(() => import('./Escalated').then((m) => ({ default: m.Escalated })))

/** The first page of the day: what is owed, what moved, what needs a hand. */
export default function WorkbenchPage() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const query = api.useQuery('get', '/api/v1/workbench', {})
  const fresh = useFresh()
  useWorkbenchCommands()
  return (
    <Page
      title={me ? t('workbench.hello', { name: me.name }) : t('app.area.workbench')}
      note={query.data && dayText(query.data.today, i18n.language)}
    >
      {fresh && <Checklist />}
      <QueryView query={query} lines={12}>
        {(w) => <Loaded view={w} fresh={fresh} />}
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

function Loaded({ view: w, fresh }: { view: Workbench; fresh: boolean }) {
  const client = useQueryClient()
  const [doing, setDoing] = useState<Duty>()
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
        <DutyList view={w} fresh={fresh} onDo={setDoing} onChanged={changed} />
        <div className="bench-side">
          <Visits />
          <CallsAgain />
          <Suspense>
            <Escalated />
          </Suspense>
          <Tasks />
          <Reports />
          <Articles />
          <Reviews />
          <Attention view={w} />
          <Gaps view={w} />
          <Movements view={w} />
          <Birthdays view={w} />
          <Grades view={w} />
        </div>
      </div>
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
