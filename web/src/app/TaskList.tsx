import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { JobItem } from '@/kit/JobItem'
import { useJobs } from '@/kit/jobs'
import { QueryView } from '@/kit/Loading'

/** As many as fit; the page has the rest. */
const SHOWN = 6

/** What the task centre shows once it is open: the newest jobs. */
export default function TaskList({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const all = () => {
    onLeave()
    void navigate({ to: '/jobs' })
  }
  return (
    <QueryView query={useJobs(true)} lines={3}>
      {(items) =>
        items.length === 0 ? (
          <EmptyState title={t('app.tasks.none')} hint={t('app.tasks.hint')} />
        ) : (
          <>
            {items.slice(0, SHOWN).map((j) => (
              <JobItem key={j.id} job={j} onLeave={onLeave} />
            ))}
            <Button type="link" block onClick={all}>
              {t('job.all')}
            </Button>
          </>
        )
      }
    </QueryView>
  )
}
