import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { sentence } from '@/api/error'
import { DateText } from './DateText'
import { JobLine } from './JobProgress'
import type { Job } from './jobs'

/** resultPath is where the outcome of a job can be seen; undefined where there is nothing to show. */
export function resultPath(j: Job): string | undefined {
  const result = (typeof j.result === 'object' && j.result !== null ? j.result : {}) as Record<string, unknown>
  const part = (name: string) => (typeof result[name] === 'string' ? encodeURIComponent(result[name]) : undefined)
  if (j.state !== 'done') return undefined
  if (j.kind.startsWith('import.')) return part('import_id') && `/imports/${part('import_id')}`
  if (j.kind === 'procedure.incidents') return `/cases/import?job=${j.id}`
  if (j.kind === 'grading.run') return part('run_id') && `/grading?tab=overview&run=${part('run_id')}`
  return undefined
}

/** jobFile names the file a job works on, as far as it is known. */
export function jobFile(j: Job): string | undefined {
  const file =
    typeof j.result === 'object' && j.result !== null ? (j.result as Record<string, unknown>).file : undefined
  return typeof file === 'string' ? file : undefined
}

/** A job in a list: what, how far, when, what went wrong, where its outcome is. */
export function JobItem({ job, onLeave }: { job: Job; onLeave?: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const title = t(`job.kind.${job.kind}`, { defaultValue: t('job.kind.other') })
  const file = jobFile(job)
  const path = resultPath(job)
  return (
    <div className="job-item">
      <JobLine title={title} job={job} />
      {job.state === 'failed' && (
        <p className="refused">{sentence(t, job.error_code || 'internal', job.error_args ?? {})}</p>
      )}
      <div className="job-foot muted">
        <DateText value={job.created_at} time />
        {file && <span className="job-file">{file}</span>}
        <span className="grow" />
        {path && (
          <a
            href={path}
            onClick={(e) => {
              if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
              e.preventDefault()
              onLeave?.()
              void navigate({ href: path })
            }}
          >
            {t('job.see')}
          </a>
        )}
      </div>
    </div>
  )
}
