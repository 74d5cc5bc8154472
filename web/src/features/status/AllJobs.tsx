import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, byCursor, http } from '@/api/client'
import { errorText } from '@/api/error'
import { Choice } from '@/kit/Choice'
import { EmptyState } from '@/kit/EmptyState'
import { JobItem } from '@/kit/JobItem'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { jobStates } from './routes'

const REFRESH_MS = 5000
const PAGE = 50

/** Everybody's jobs, newest first: how far they are, and a failed one again. */
export function AllJobs() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { state, kind } = useSearch({ from: '/shell/settings/system' })
  const jobs = api.useInfiniteQuery(
    'get',
    '/api/v1/system/jobs',
    { params: { query: { state, kind, limit: PAGE } } },
    { ...byCursor, refetchInterval: REFRESH_MS },
  )
  const retry = async (id: string) => {
    try {
      await http.POST('/api/v1/system/jobs/{id}/retry', { params: { path: { id } } })
      void message.success(t('status.retried'))
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/system/jobs'] })
    } catch (e) {
      void message.error(errorText(t, e))
    }
  }
  return (
    <div className="stack">
      <Choice
        label={t('status.job_state')}
        options={[
          { value: 'all', label: t('status.all') },
          ...jobStates.map((s) => ({ value: s, label: t(`kit.job.${s}`) })),
        ]}
        value={state ?? 'all'}
        onChange={(v) =>
          void navigate({ to: '/settings/system', search: { tab: 'jobs', state: v === 'all' ? undefined : v, kind } })
        }
      />
      <QueryView query={jobs} lines={8}>
        {(d) => {
          const items = d.pages.flatMap((p) => p.items)
          return items.length === 0 ? (
            <EmptyState title={t('status.no_jobs')} />
          ) : (
            <Panel>
              {items.map((j) => (
                <div key={j.id} className="stack-tight">
                  <JobItem job={j} />
                  <div className="row muted">
                    <code>{j.kind}</code>
                    <span>{j.by_name || t('status.by_program')}</span>
                    <span className="grow" />
                    {j.state === 'failed' && (
                      <Button size="small" onClick={() => void retry(j.id)}>
                        {t('status.retry')}
                      </Button>
                    )}
                  </div>
                </div>
              ))}
              {jobs.hasNextPage && (
                <Button loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
                  {t('status.more')}
                </Button>
              )}
            </Panel>
          )
        }}
      </QueryView>
    </div>
  )
}
