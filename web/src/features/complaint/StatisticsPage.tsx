import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { EmptyState } from '@/kit/EmptyState'
import { civil } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { type Made, type Statistics, useMade } from './data'
import { Figures } from './Figures'
import { FilesOut } from './FilesOut'
import { League } from './League'
import { MadeTables } from './MadeTables'
import { before, lastMonths } from './months'
import { Prevention } from './Prevention'
import { ReportPanel } from './ReportPanel'
import { type StatisticsSearch, type StatisticsTab, statisticsTabs } from './routes'
import './complaint.css'

const route = getRouteApi('/shell/cases/statistics')
const MONTHS = 36

/** Complaint statistics of a month: as they stand and as they were made, the departments side by side, and prevention. */
export default function StatisticsPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const leave = useNavigate()
  const set = (patch: StatisticsSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const today = civil(new Date()).slice(0, 7)
  const month = search.month ?? before(today, 1)
  const made = useMade()
  const tab = search.tab ?? 'figures'
  const ofMonth = made.data?.items.filter((m) => m.month === month) ?? []
  const chosen = search.made === 'now' ? undefined : (ofMonth.find((m) => m.id === search.made) ?? ofMonth[0])
  const months = lastMonths(today, MONTHS)
  return (
    <Page
      title={t('complaint.title')}
      back={{ label: t('app.area.case'), onClick: () => void leave({ to: '/cases' }) }}
      actions={
        <>
          {tab !== 'prevention' && (
            <Select
              aria-label={t('complaint.month')}
              value={month}
              options={(months.includes(month) ? months : [...months, month]).map((m) => ({ value: m, label: m }))}
              onChange={(m) => set({ month: m, made: undefined })}
            />
          )}
          <FilesOut tab={tab} month={month} made={chosen} search={search} />
        </>
      }
    >
      <TabBar<StatisticsTab>
        label={t('complaint.title')}
        tabs={statisticsTabs.map((key) => ({ key, label: t(`complaint.tab.${key}`) }))}
        current={tab}
        onChoose={(key) => set({ tab: key })}
      />
      {tab === 'prevention' && <Prevention search={search} set={set} />}
      {tab === 'made' && (
        <QueryView query={made}>{(list) => <MadeTables list={list.items} chosen={chosen} set={set} />}</QueryView>
      )}
      {(tab === 'figures' || tab === 'league') && (
        <QueryView query={made}>
          {() => (
            <div className="stack">
              {tab === 'figures' && chosen && <ReportPanel made={chosen} />}
              {ofMonth.length > 0 && <WhichFigures chosen={chosen} newest={ofMonth[0]} set={set} />}
              <Counted month={month} made={chosen}>
                {(st) => (tab === 'league' ? <League st={st} /> : <Figures st={st} by={search.by} set={set} />)}
              </Counted>
            </div>
          )}
        </QueryView>
      )}
    </Page>
  )
}

/** As the table was made, or as the cases stand now. */
function WhichFigures(p: { chosen?: Made; newest?: Made; set: (patch: StatisticsSearch) => void }) {
  const { t } = useTranslation()
  const older = p.chosen !== undefined && p.newest !== undefined && p.chosen.id !== p.newest.id
  return (
    <div className="row which">
      <Choice
        label={t('complaint.which')}
        options={[
          {
            value: 'made',
            label: t('complaint.as_made', { edition: (p.chosen ?? p.newest)?.edition ?? 1 }),
          },
          { value: 'now', label: t('complaint.as_now') },
        ]}
        value={p.chosen ? 'made' : 'now'}
        onChange={(v) => p.set({ made: v === 'now' ? 'now' : undefined })}
      />
      {older && <span className="muted">{t('complaint.older')}</span>}
    </div>
  )
}

function Counted(p: { month: string; made?: Made; children: (st: Statistics) => React.ReactNode }) {
  const { t } = useTranslation()
  const live = api.useQuery(
    'get',
    '/api/v1/complaints/statistics',
    { params: { query: { month: p.month } } },
    { enabled: !p.made },
  )
  const kept = api.useQuery(
    'get',
    '/api/v1/complaints/tables/{id}',
    { params: { path: { id: p.made?.id ?? '' } } },
    { enabled: p.made !== undefined },
  )
  const show = (st: Statistics | null | undefined) =>
    st && st.total.received > 0 ? (
      p.children(st)
    ) : (
      <EmptyState title={t('complaint.none')} hint={t('complaint.none_hint')} />
    )
  return p.made ? (
    <QueryView query={kept} lines={10}>
      {(made) => show(made.figures)}
    </QueryView>
  ) : (
    <QueryView query={live} lines={10}>
      {show}
    </QueryView>
  )
}
