import { keepPreviousData } from '@tanstack/react-query'
import { Button } from 'antd'
import { Download } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { asApiError } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { DateInput } from '@/kit/DateInput'
import { EmptyState } from '@/kit/EmptyState'
import { civil } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { ComplianceClauses, ComplianceFigures } from './ComplianceClauses'
import { ComplianceIndicators, ComplianceReports } from './ComplianceReports'
import { complyDays, type Days, exportOf } from './comply'
import { PanelSkeleton } from './PanelSkeleton'
import type { TabProps } from './RulebookPage'
import { complyPeriods } from './routes'
import './comply.css'

const ComplianceBy = lazy(() => import('./ComplianceBy'))

/** What the parts of the compliance get. */
export interface ComplyProps extends TabProps {
  report: Schemas['ComplianceReport']
  days: Days
}

/** How the rulebook was kept in a period: duties and verdicts per clause, its indicators, its reports. */
export function ComplianceTab(p: TabProps) {
  const { t } = useTranslation()
  const days = complyDays(p.search.period, p.search, civil(new Date()))
  const query = api.useQuery(
    'get',
    '/api/v1/rulebooks/{id}/comply',
    { params: { path: { id: p.book.id }, query: days } },
    { placeholderData: keepPreviousData },
  )
  const notInForce = query.error && asApiError(query.error).code === 'compliance.not_in_force'
  return (
    <div className="stack comply">
      <PeriodBar {...p} days={days} exports={query.data !== undefined && !query.error} />
      {notInForce ? (
        <Panel>
          <EmptyState title={t('rulebook.comply.none')} hint={t('rulebook.comply.none_hint')} />
        </Panel>
      ) : (
        <QueryView
          query={query}
          skeleton={
            <Panel>
              <PanelSkeleton />
            </Panel>
          }
        >
          {(report) => (
            <>
              <ComplianceFigures {...p} report={report} days={days} />
              <ComplianceClauses {...p} report={report} days={days} />
              <Suspense
                fallback={
                  <Panel>
                    <PanelSkeleton />
                  </Panel>
                }
              >
                <ComplianceBy {...p} days={days} />
              </Suspense>
              <ComplianceIndicators {...p} report={report} days={days} />
              <ComplianceReports {...p} report={report} days={days} />
            </>
          )}
        </QueryView>
      )}
    </div>
  )
}

/** The choice of the period, and the same as a file. */
function PeriodBar({ book, search, set, days, exports }: TabProps & { days: Days; exports: boolean }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="comply-bar">
      <Choice
        label={t('rulebook.comply.period')}
        options={complyPeriods.map((value) => ({ value, label: t(`rulebook.comply.${value}`) }))}
        value={search.period ?? 'year'}
        onChange={(period) =>
          set(period === 'custom' ? { period, ...days } : { period, from: undefined, to: undefined })
        }
      />
      {search.period === 'custom' && (
        <span className="comply-days">
          <DateInput
            aria-label={t('rulebook.comply.from')}
            value={days.from}
            max={days.to}
            onChange={(from) => set({ from })}
          />
          –
          <DateInput
            aria-label={t('rulebook.comply.to')}
            value={days.to}
            min={days.from}
            onChange={(to) => set({ to })}
          />
        </span>
      )}
      <span className="grow" />
      {exports &&
        (['xlsx', 'csv'] as const).map((format) => (
          <Button
            key={format}
            href={exportOf(book.id, days, format, i18n.language)}
            download
            icon={<Download size={16} strokeWidth={1.75} />}
          >
            {t(`rulebook.comply.${format}`)}
          </Button>
        ))}
    </div>
  )
}
