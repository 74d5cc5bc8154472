import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { JobItem } from '@/kit/JobItem'
import { isOver, type Job, useJobs } from '@/kit/jobs'
import { QueryView } from '@/kit/Loading'
import { Page, Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'

/** The long work a person started, newest first. */
export default function JobsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayImport = usePermission('import.run')
  const jobs = useJobs(true)
  const toImport = mayImport && (
    <Button onClick={() => void navigate({ to: '/imports/new', search: {} })}>{t('job.to_import')}</Button>
  )
  return (
    <Page title={t('job.title')} note={t('job.note')}>
      <QueryView query={jobs} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t('job.none')} hint={t('job.hint')} actions={toImport} />
          ) : (
            <div className="stack">
              <JobList title={t('job.running')} jobs={items.filter((j) => !isOver(j))} />
              <JobList title={t('job.over')} jobs={items.filter(isOver)} />
            </div>
          )
        }
      </QueryView>
    </Page>
  )
}

function JobList({ title, jobs }: { title: string; jobs: Job[] }) {
  if (jobs.length === 0) return null
  return (
    <Panel title={title}>
      {jobs.map((j) => (
        <JobItem key={j.id} job={j} />
      ))}
    </Panel>
  )
}
