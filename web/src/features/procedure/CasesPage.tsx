import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { CaseLink } from '@/kit/CaseLink'
import { useCommands } from '@/kit/commands'
import { useFormat } from '@/kit/format'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { usePermission } from '@/kit/usePermission'
import { CaseList } from './CaseList'
import { InboxList } from './InboxList'
import { type CaseSearch, type CaseTab, caseTabs } from './routes'
import './procedure.css'

const ExportButton = lazy(() => import('./ExportButton'))
const StartDrawer = lazy(() => import('./StartDrawer'))

const route = getRouteApi('/shell/cases')

/** Cases: what waits for me, and every case I may see. */
export default function CasesPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: CaseSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const mayStart = usePermission('procedure.start')
  const mayExport = usePermission('customer.export')
  const start = mayStart ? () => set({ start: 'choose' }) : undefined
  const tab = search.tab ?? 'inbox'
  useCommands(start ? [{ id: 'case.start', label: t('procedure.start.do'), group: 'create', run: start }] : [])
  const tabs = <Tabs current={tab} set={set} />
  return (
    <Page
      title={t('app.area.case')}
      fill
      actions={
        <>
          <AreaLink className="text-button" to="/registers">
            {t('procedure.register.title')}
          </AreaLink>
          <CaseLink className="text-button" to="/cases/statistics">
            {t('procedure.statistics')}
          </CaseLink>
          {tab !== 'inbox' && mayExport && (
            <Suspense>
              <ExportButton tab={tab} search={search} />
            </Suspense>
          )}
          {start && (
            <Button type="primary" icon={<Plus size={16} strokeWidth={1.75} />} onClick={start}>
              {t('procedure.start.do')}
            </Button>
          )}
        </>
      }
    >
      {tab === 'inbox' ? (
        <InboxList tabs={tabs} onStart={start} />
      ) : (
        <CaseList tab={tab} search={search} set={set} tabs={tabs} onStart={start} />
      )}
      {search.start && mayStart && (
        <Suspense>
          <StartDrawer
            chosen={search.start === 'choose' ? undefined : search.start}
            customer={search.customer}
            fill={search.fill}
            about={search.about}
            onChoose={(key) => set({ start: key })}
            onClose={() => set({ start: undefined, customer: undefined, fill: undefined, about: undefined })}
          />
        </Suspense>
      )}
    </Page>
  )
}

function Tabs({ current, set }: { current: CaseTab; set: (patch: CaseSearch) => void }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { data } = api.useQuery('get', '/api/v1/inbox', { params: { query: { limit: 50 } } })
  const open = data?.counts.reduce((n, c) => n + c.open, 0)
  const late = data?.counts.some((c) => c.overdue > 0)
  return (
    <TabBar<CaseTab>
      label={t('app.area.case')}
      tabs={caseTabs.map((key) => ({
        key,
        label: t(`procedure.tab.${key}`),
        count: key === 'inbox' && open !== undefined ? num(open) : undefined,
        tone: key === 'inbox' && late ? 'bad' : undefined,
      }))}
      current={current}
      onChoose={(tab) => set({ tab, filter: undefined, q: undefined })}
    />
  )
}
