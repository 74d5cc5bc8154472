import { Button, Popover, Tooltip } from 'antd'
import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { JobLine } from '@/kit/JobProgress'
import { isOver, type Job, useJobs } from '@/kit/jobs'
import { QueryView } from '@/kit/Loading'

/** Long work that was started: how far it is, how it ended. */
export default function TaskCentre() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const jobs = useJobs(open)
  const running = jobs.data?.filter((j) => !isOver(j)).length ?? 0
  const label = running > 0 ? t('app.tasks.running', { n: running }) : t('app.tasks.title')
  const list = (
    <div className="tasks">
      <QueryView query={jobs} lines={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t('app.tasks.none')} hint={t('app.tasks.hint')} />
          ) : (
            items.map((j) => <Task key={j.id} job={j} />)
          )
        }
      </QueryView>
    </div>
  )
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('app.tasks.title')}
      content={list}
    >
      <Tooltip title={open ? '' : label}>
        <Button
          type="text"
          aria-label={label}
          className={running > 0 ? 'has-news' : undefined}
          icon={<ListChecks size={16} strokeWidth={1.75} />}
        />
      </Tooltip>
    </Popover>
  )
}

function Task({ job }: { job: Job }) {
  const { t } = useTranslation()
  return <JobLine title={t(`kit.job.kind.${job.kind}`, { defaultValue: job.kind })} job={job} />
}
