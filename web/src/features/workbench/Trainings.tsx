import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'

const bad = ['overdue', 'expired']

/** The courses I have to take, or to take again before their certificates expire. */
export default function Trainings() {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/training/mine')
  const due = data?.items.filter((c) => c.standing !== 'valid') ?? []
  if (due.length === 0) return null
  return (
    <Panel
      title={t('training.panel')}
      extra={
        <AreaLink className="text-button" to="/training">
          {t('training.see_all')}
        </AreaLink>
      }
    >
      <ul className="side-list">
        {due.map((c) => (
          <li key={c.id}>
            <span className="side-main">
              <AreaLink to={`/training?open=${c.id}`}>{c.title}</AreaLink>
              <br />
              <span className="muted">
                <StatusDot
                  label={t(`training.standing.${c.standing}`)}
                  tone={bad.includes(c.standing) ? 'bad' : 'warn'}
                />
                {c.due_on && c.standing !== 'expiring' && ` ${t('training.due', { date: c.due_on })}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
