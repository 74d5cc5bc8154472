import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { ChevronLeft, ChevronRight, Printer } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { civil } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { useMobile } from '@/kit/useMobile'
import { usePermission } from '@/kit/usePermission'
import { useShortcut } from '@/kit/useShortcut'
import { Calendar } from './Calendar'
import { type CalendarView, spanOf, spanTitle, stepped, views } from './days'
import { useReadyOnTheSpot } from './ready'
import type { CalendarSearch } from './routes'
import { VisitTabs } from './VisitTabs'
import { WhoSelect } from './WhoSelect'
import './calendar.css'

const VisitPanel = lazy(() => import('./VisitPanel'))
const PlanForm = lazy(() => import('./PlanForm'))

const route = getRouteApi('/shell/visits/calendar')

/** Visits and dated duties by day, week or month; a visit is moved by dragging it or with the keyboard. */
export default function CalendarPage() {
  const { t, i18n } = useTranslation()
  const mobile = useMobile()
  const s = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: CalendarSearch) => void navigate({ search: (was) => ({ ...was, ...patch }), replace: true })
  const wide = usePermission('duty.read', 'unit')
  useReadyOnTheSpot()
  const mayPlan = usePermission('duty.do')
  const view = s.view ?? (mobile ? 'day' : 'week')
  const on = s.on ?? civil(new Date())
  const whose = (wide && s.whose) || 'mine'
  const { from, to } = spanOf(view, on)
  const owner = whose === 'all' ? undefined : [whose === 'mine' ? 'me' : whose]
  const query = api.useQuery(
    'get',
    '/api/v1/visits/agenda',
    { params: { query: { from, to, owner } } },
    { placeholderData: keepPreviousData },
  )
  const go = (by: 1 | -1) => set({ on: stepped(view, on, by) })
  const group = t('agenda.title')
  useShortcut('j', () => go(1), { label: t('agenda.next'), group })
  useShortcut('k', () => go(-1), { label: t('agenda.previous'), group })
  useShortcut('t', () => set({ on: undefined }), { label: t('kit.day.today'), group })
  return (
    <Page
      title={t('agenda.title')}
      note={spanTitle(view, on, i18n.language)}
      actions={
        <>
          {wide && <WhoSelect all value={whose} onChange={(w) => set({ whose: w })} />}
          {!mobile && (
            <Button icon={<Printer size={16} strokeWidth={1.75} />} onClick={() => window.print()}>
              {t('agenda.print')}
            </Button>
          )}
        </>
      }
    >
      <VisitTabs current="calendar" />
      <div className="cal-bar">
        <Choice<CalendarView>
          label={t('agenda.view')}
          value={view}
          onChange={(v) => set({ view: v })}
          options={views.map((v) => ({ value: v, label: t(`agenda.${v}`) }))}
        />
        <span className="grow" />
        <Button aria-label={t('agenda.previous')} icon={<ChevronLeft size={16} />} onClick={() => go(-1)} />
        <Button onClick={() => set({ on: undefined })}>{t('kit.day.today')}</Button>
        <Button aria-label={t('agenda.next')} icon={<ChevronRight size={16} />} onClick={() => go(1)} />
      </div>
      <QueryView query={query} lines={12}>
        {(agenda) => (
          <Calendar
            agenda={agenda}
            view={view}
            on={on}
            names={whose === 'all'}
            onDay={(day) => set({ view: 'day', on: day })}
            onStep={go}
            onVisit={(open) => set({ open })}
            onPlan={(d, day) => set({ plan: d.customer.id, duty: d.id, day })}
          />
        )}
      </QueryView>
      <Suspense>
        {s.open && <VisitPanel id={s.open} onClose={() => set({ open: undefined })} />}
        {s.plan && mayPlan && (
          <PlanForm
            customer={s.plan}
            duty={s.duty}
            on={s.day}
            onClose={() => set({ plan: undefined, duty: undefined, day: undefined })}
          />
        )}
      </Suspense>
    </Page>
  )
}
