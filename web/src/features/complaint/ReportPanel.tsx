import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Fields, Panel } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Made } from './data'

const ReportDrawer = lazy(() => import('./ReportDrawer'))

export type Filing = Schemas['ComplianceFiling']
export type ReportAct = 'submit' | 'receive' | 'make'

const tones: Record<Filing['state'], StatusTone> = { filed: 'ok', late: 'warn', open: 'active', missed: 'bad' }

/** How the table of a month stands: made, handed in, received, and what the person may do about it. */
export function ReportPanel({ made }: { made: Made }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [doing, setDoing] = useState<ReportAct>()
  const from = `${made.month}-01`
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}/reports/{report}/filings/{from}', {
    params: { path: { id: made.rulebook, report: made.report, from } },
  })
  const changed = () => {
    void client.invalidateQueries({ queryKey: ['get', '/api/v1/rulebooks/{id}/reports/{report}/filings/{from}'] })
    void client.invalidateQueries({ queryKey: ['get', '/api/v1/complaints/tables'] })
    void client.invalidateQueries({ queryKey: ['get', '/api/v1/reports/waiting'] })
  }
  return (
    <QueryView query={query} lines={3}>
      {(f) => (
        <Panel
          title={t('complaint.report.title', { month: made.month })}
          extra={
            <span className="row report-acts">
              {f.may_submit && (
                <Button type="primary" size="small" onClick={() => setDoing('submit')}>
                  {t('complaint.report.submit')}
                </Button>
              )}
              {f.may_receive && (
                <Button type="primary" size="small" onClick={() => setDoing('receive')}>
                  {t('complaint.report.receive')}
                </Button>
              )}
              {!f.received_at && (
                <Button size="small" onClick={() => setDoing('make')}>
                  {t('complaint.report.make')}
                </Button>
              )}
            </span>
          }
        >
          <Stand filing={f} made={made} />
          {doing && (
            <Suspense>
              <ReportDrawer act={doing} made={made} filing={f} onClose={() => setDoing(undefined)} onDone={changed} />
            </Suspense>
          )}
        </Panel>
      )}
    </QueryView>
  )
}

function Stand({ filing: f, made }: { filing: Filing; made: Made }) {
  const { t } = useTranslation()
  const at = (moment: string | undefined) => moment && <DateText value={Date.parse(moment) * 1000} time />
  return (
    <Fields
      items={[
        {
          label: t('complaint.report.state'),
          value: (
            <StatusDot
              label={t(f.received_at ? 'complaint.report.states.received' : `complaint.report.states.${f.state}`)}
              tone={tones[f.state]}
            />
          ),
        },
        { label: t('complaint.report.due'), value: <DateText value={f.due_on} /> },
        {
          label: t('complaint.report.made'),
          value: (
            <>
              {t('complaint.report.edition', { edition: made.edition })} ·{' '}
              {made.made_by || t('complaint.report.calendar')} · {at(made.made_at)}
              {made.reason && <span className="muted"> {made.reason}</span>}
            </>
          ),
        },
        {
          label: t('complaint.report.submitted'),
          value: f.filed_at && (
            <>
              {f.filed_by || t('complaint.report.calendar')} · {at(f.filed_at)}
              {f.note && <span className="muted"> {f.note}</span>}
            </>
          ),
        },
        {
          label: t('complaint.report.received'),
          value: f.received_at && (
            <>
              {f.received_by || t('complaint.report.calendar')} · {at(f.received_at)}
              {f.received_note && <span className="muted"> {f.received_note}</span>}
            </>
          ),
        },
      ]}
    />
  )
}
