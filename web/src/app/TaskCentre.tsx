import { useNavigate } from '@tanstack/react-router'
import { Button, Popover, Tooltip } from 'antd'
import { ListChecks } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { JobItem } from '@/kit/JobItem'
import { isOver, useJobs } from '@/kit/jobs'
import { QueryView } from '@/kit/Loading'

/** As many as fit; the page has the rest. */
const SHOWN = 6

/** Long work that was started: how far it is, how it ended. */
export default function TaskCentre() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const jobs = useJobs(open)
  const running = jobs.data?.filter((j) => !isOver(j)).length ?? 0
  const label = running > 0 ? t('app.tasks.running', { n: running }) : t('app.tasks.title')
  const all = () => {
    setOpen(false)
    void navigate({ to: '/jobs' })
  }
  const list = (
    <div className="tasks">
      <QueryView query={jobs} lines={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t('app.tasks.none')} hint={t('app.tasks.hint')} />
          ) : (
            <>
              {items.slice(0, SHOWN).map((j) => (
                <JobItem key={j.id} job={j} onLeave={() => setOpen(false)} />
              ))}
              <Button type="link" block onClick={all}>
                {t('job.all')}
              </Button>
            </>
          )
        }
      </QueryView>
    </div>
  )
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
