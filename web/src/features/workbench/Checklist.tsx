import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { Panel } from '@/kit/Page'

interface Step {
  key: 'customers' | 'orders' | 'rulebook' | 'grade' | 'work'
  done: boolean
  action: ReactNode
}

/** nextStep is the first that is not done. */
export const nextStep = (steps: { key: string; done: boolean }[]): string | undefined => steps.find((s) => !s.done)?.key

/** What a new installation needs, in five steps that check themselves against the data. */
export function Checklist() {
  const { t } = useTranslation()
  const steps = useSteps()
  const next = nextStep(steps)
  return (
    <div className="setup">
      <Panel title={t('workbench.setup.title')}>
        <p className="muted">{t('workbench.setup.hint')}</p>
        <ol className="steps">
          {steps.map((s, i) => (
            <li key={s.key} className={s.done ? 'step step-done' : s.key === next ? 'step step-next' : 'step'}>
              <span className="step-mark num">
                {s.done ? <Check size={14} aria-label={t('workbench.setup.done')} /> : i + 1}
              </span>
              <span>
                <b>{t(`workbench.setup.${s.key}`)}</b>
                <span className="muted">{t(`workbench.setup.${s.key}_hint`)}</span>
              </span>
              {s.key === next && s.action}
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  )
}

function useSteps(): Step[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const count = api.useQuery('get', '/api/v1/customers/count', {})
  const orders = api.useQuery('get', '/api/v1/imports', { params: { query: { target: 'order', limit: 20 } } })
  const books = api.useQuery('get', '/api/v1/rulebooks')
  const done = api.useQuery('get', '/api/v1/duties', { params: { query: { bucket: 'done', limit: 1 } } })
  const go = (key: 'customers' | 'orders', target: string) => (
    <Button type="primary" onClick={() => void navigate({ href: `/imports/new?target=${target}` })}>
      {t(`workbench.setup.${key}_do`)}
    </Button>
  )
  return [
    { key: 'customers', done: (count.data?.count ?? 0) > 0, action: go('customers', 'customers') },
    {
      key: 'orders',
      done: orders.data?.items.some((m) => m.state === 'done') ?? false,
      action: go('orders', 'order'),
    },
    {
      key: 'rulebook',
      done: books.data?.items.some((b) => b.state === 'in_force') ?? false,
      action: (
        <Link to="/rulebooks">
          <Button type="primary">{t('workbench.setup.rulebook_do')}</Button>
        </Link>
      ),
    },
    {
      key: 'grade',
      done: false, // the list disappears with the first completed run
      action: (
        <Link to="/grading" search={{}}>
          <Button type="primary">{t('workbench.setup.grade_do')}</Button>
        </Link>
      ),
    },
    { key: 'work', done: (done.data?.items.length ?? 0) > 0, action: null },
  ]
}
