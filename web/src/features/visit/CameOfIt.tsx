import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Workflow } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { withWords } from '@/app/i18n'
import { CaseLink } from '@/kit/CaseLink'
import { ErrorState } from '@/kit/ErrorState'
import { Panel } from '@/kit/Page'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'
import type { Visit } from './data'

const Promises = lazy(withWords(['promise'], () => import('@/kit/promises')))

/** What came of a visit: promises made there, and cases begun from what the customer said. */
export default function CameOfIt({ visit: v }: { visit: Visit }) {
  const { t } = useTranslation()
  const text = useText()
  const navigate = useNavigate()
  const read = usePermission('procedure.read')
  const start = usePermission('procedure.start')
  const subject = `visit:${v.id}`
  const cases = api.useQuery('get', '/api/v1/cases', { params: { query: { subject } } }, { enabled: read })
  return (
    <div className="promise-part">
      <Suspense>
        <Promises customer={v.customer} from={{ in: 'visit', ref: v.id }} write titled />
      </Suspense>
      {(read || start) && (
        <Panel title={t('visit.cases')}>
          {cases.error && <ErrorState error={cases.error} inline onRetry={() => void cases.refetch()} />}
          {cases.data?.items.map((c) => (
            <p key={c.id} className="visit-case">
              <CaseLink to={`/cases/${c.id}`}>
                {c.number} {c.title || text(c.procedure.title)}
              </CaseLink>
            </p>
          ))}
          {start && (
            <Button
              icon={<Workflow size={15} strokeWidth={1.75} />}
              onClick={() => void navigate({ href: `/cases?start=choose&customer=${v.customer.id}&about=${subject}` })}
            >
              {t('visit.begin_case')}
            </Button>
          )}
        </Panel>
      )}
    </div>
  )
}
