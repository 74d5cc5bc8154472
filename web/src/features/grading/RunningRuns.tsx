import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { JobProgress } from '@/kit/JobProgress'
import { Panel } from '@/kit/Page'

/** useRunsChanged forgets what was loaded about runs and grades. */
export function useRunsChanged(): () => void {
  const client = useQueryClient()
  return () => {
    for (const path of ['/api/v1/gradings', '/api/v1/grading/overview', '/api/v1/grading/schemes', '/api/v1/workbench'])
      void client.invalidateQueries({ queryKey: ['get', path] })
  }
}

/** The progress of the runs of a rulebook that are on their way. */
export function RunningRuns({ rulebook }: { rulebook: string }) {
  const { t } = useTranslation()
  const changed = useRunsChanged()
  const { data } = api.useQuery('get', '/api/v1/gradings', {
    params: { query: { rulebook, state: 'running', limit: 5 } },
  })
  if (!data || data.items.length === 0) return null
  return (
    <div className="running">
      <Panel>
        {data.items.map((r) => (
          <JobProgress key={r.id} id={r.job_id} title={t('grading.running', { day: r.as_of })} onOver={changed} />
        ))}
      </Panel>
    </div>
  )
}
