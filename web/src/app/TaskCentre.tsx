import { Button, Popover, Tooltip } from 'antd'
import { ListChecks } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOver, useJobs } from '@/kit/jobs'
import { SkeletonLines } from '@/kit/Loading'
import { withWords } from './i18n'

const TaskList = lazy(withWords(['job'], () => import('./TaskList')))

/** Long work that was started: how far it is, how it ended. */
export default function TaskCentre() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const jobs = useJobs(open)
  const running = jobs.data?.filter((j) => !isOver(j)).length ?? 0
  const label = running > 0 ? t('app.tasks.running', { n: running }) : t('app.tasks.title')
  return (
    <Popover
      open={open}
      onOpenChange={(on) => {
        setOpen(on)
        if (on) void jobs.refetch()
      }}
      trigger="click"
      placement="bottomRight"
      title={t('app.tasks.title')}
      content={
        <div className="tasks">
          <Suspense fallback={<SkeletonLines lines={3} />}>
            {open && <TaskList onLeave={() => setOpen(false)} />}
          </Suspense>
        </div>
      }
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
