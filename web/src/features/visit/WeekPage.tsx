import { keepPreviousData } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { civil } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { addDays, spanTitle } from './days'
import type { WeekSearch } from './routes'
import { useProposals, type Week } from './useProposals'
import { VisitTabs } from './VisitTabs'
import { LeftOver, WeekDay } from './WeekDay'
import { WhoSelect } from './WhoSelect'
import './calendar.css'

const route = getRouteApi('/shell/visits/week')

const USUAL_ROOM = 4
const MOST_ROOM = 12
const WEEK = 7

/** The visits proposed for a week: each is accepted, put on another day or dropped, or all are accepted at once. */
export default function WeekPage() {
  const { t, i18n } = useTranslation()
  const s = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: WeekSearch) => void navigate({ search: (was) => ({ ...was, ...patch }), replace: true })
  const wide = usePermission('duty.read', 'unit')
  const on = s.on ?? civil(new Date())
  const whose = (wide && s.whose) || 'mine'
  const room = Math.min(MOST_ROOM, Math.max(1, Number(s.room) || USUAL_ROOM))
  const query = api.useQuery(
    'get',
    '/api/v1/visits/week',
    { params: { query: { on, per_day: room, owner: whose === 'mine' ? undefined : whose } } },
    { placeholderData: keepPreviousData },
  )
  return (
    <Page
      title={t('week.title')}
      note={spanTitle('week', on, i18n.language)}
      actions={wide && <WhoSelect value={whose} onChange={(w) => set({ whose: w })} />}
    >
      <VisitTabs current="week" />
      <div className="cal-bar">
        <label className="week-room">
          {t('week.room')}
          <select className="num" value={room} onChange={(e) => set({ room: e.target.value })}>
            {Array.from({ length: MOST_ROOM }, (_, i) => (
              <option key={i + 1}>{i + 1}</option>
            ))}
          </select>
        </label>
        <span className="grow" />
        <Button
          aria-label={t('agenda.previous')}
          icon={<ChevronLeft size={16} />}
          onClick={() => set({ on: addDays(on, -WEEK) })}
        />
        <Button onClick={() => set({ on: undefined })}>{t('week.this')}</Button>
        <Button
          aria-label={t('agenda.next')}
          icon={<ChevronRight size={16} />}
          onClick={() => set({ on: addDays(on, WEEK) })}
        />
      </div>
      <QueryView query={query} lines={12}>
        {/* What was moved or dropped belongs to one person's week, and nothing is accepted while another one's still stands. */}
        {(week) => (
          <Proposed
            key={`${whose} ${week.days[0]?.on}`}
            week={week}
            owner={whose === 'mine' ? undefined : whose}
            stale={query.isPlaceholderData}
          />
        )}
      </QueryView>
    </Page>
  )
}

function Proposed({ week, owner, stale }: { week: Week; owner: string | undefined; stale: boolean }) {
  const { t } = useTranslation()
  const may = usePermission('duty.do') && !stale
  const p = useProposals(week, owner)
  const open = p.days.flatMap((d) => d.proposed)
  const idle = open.length === 0 && week.days.every((d) => d.fixed.length === 0)
  return (
    <>
      {week.more && <p className="muted">{t('week.more')}</p>}
      {idle && week.left.length === 0 ? (
        <EmptyState title={t('week.empty')} hint={t('week.empty_hint')} />
      ) : (
        <>
          {may && open.length > 0 && (
            <div className="cal-bar">
              <span className="muted">{t('week.about')}</span>
              <span className="grow" />
              <Button type="primary" loading={p.busy} onClick={() => void p.accept(open)}>
                {t('week.accept_all', { n: open.length })}
              </Button>
            </div>
          )}
          {p.days.map((d) => (
            <WeekDay key={d.on} day={d} today={week.today} days={p.days} acts={may ? p : undefined} />
          ))}
          <LeftOver left={week.left} today={week.today} />
        </>
      )}
    </>
  )
}
