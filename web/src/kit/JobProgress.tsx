import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/error'
import { ErrorState } from './ErrorState'
import { useFormat } from './format'
import { isOver, type Job, jobQuery, share, useCancelJob } from './jobs'
import { StatusDot, type StatusTone } from './StatusDot'

const tones: Record<Job['state'], StatusTone> = {
  waiting: 'neutral',
  running: 'active',
  done: 'ok',
  failed: 'bad',
  canceled: 'neutral',
}

interface Props {
  id: string
  title: string
  /** Called once when the job is over. */
  onOver?: (j: Job) => void
  /** What to show of the result once the job is done. */
  result?: (j: Job) => ReactNode
}

/** Follows one long job: how far, how it ended, and a way to stop it. */
export function JobProgress({ id, title, onOver, result }: Props) {
  const { data, error, refetch } = useQuery(jobQuery(id))
  const told = useRef<string>(undefined)
  useEffect(() => {
    if (!data || !isOver(data) || told.current === data.id) return
    told.current = data.id
    onOver?.(data)
  }, [data, onOver])
  if (!data)
    return error ? <ErrorState inline error={error} onRetry={() => void refetch()} /> : <JobLine title={title} />
  return (
    <div className="job-box">
      <JobLine title={title} job={data} />
      {data.state === 'failed' && (
        <ErrorState inline error={new ApiError(0, data.error_code || 'job.failed', data.error_args)} />
      )}
      {data.state === 'done' && result?.(data)}
    </div>
  )
}

/** One job as a line with its bar. */
export function JobLine({ title, job }: { title: string; job?: Job }) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const cancel = useCancelJob()
  const percent = job && share(job)
  const running = job !== undefined && !isOver(job)
  return (
    <div className="job">
      <div className="job-line">
        <b>{title}</b>
        {job && <StatusDot label={t(`kit.job.${job.state}`)} tone={tones[job.state]} />}
        <span className="grow" />
        {job && job.total > 0 && (
          <span className="muted num">
            {num(job.done)} / {num(job.total)}
          </span>
        )}
        {running && (
          <Button size="small" type="text" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            {t('kit.job.cancel')}
          </Button>
        )}
      </div>
      <progress
        className={job ? `job-bar job-${job.state}` : 'job-bar'}
        max={100}
        value={job === undefined ? undefined : percent}
        aria-label={title}
      />
    </div>
  )
}
