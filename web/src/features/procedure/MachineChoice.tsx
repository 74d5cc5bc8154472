import { Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { ErrorState } from '@/kit/ErrorState'
import { usePermission } from '@/kit/usePermission'
import type { Field } from './data'
import { Warranty } from './Machine'

/** The machines of the customer beside a form that asks for a serial number: one press fills in what is known of it. */
export default function MachineChoice({ customerID, fields }: { customerID: string; fields: Field[] }) {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  const may = usePermission('fact.read')
  const { data, error, refetch } = api.useQuery(
    'get',
    '/api/v1/customers/{id}/equipment',
    { params: { path: { id: customerID } } },
    { enabled: may },
  )
  if (error && !data) return <ErrorState inline error={error} onRetry={() => void refetch()} />
  const list = (data?.items ?? []).filter((m) => !m.removed && m.serial)
  if (list.length === 0) return null
  const has = (key: string) => fields.some((f) => f.key === key)
  return (
    <div className="machines">
      <span className="muted">{t('procedure.machine.choose')}</span>
      <ul className="tasks">
        {list.map((m) => (
          <li key={m.fact_id} className="row">
            <Button
              size="small"
              onClick={() => {
                form.setFieldValue(['answers', 'serial'], m.serial)
                if (has('product') && m.product) form.setFieldValue(['answers', 'product'], m.product)
                if (has('bought_on') && m.installed_on) form.setFieldValue(['answers', 'bought_on'], m.installed_on)
              }}
            >
              {m.product} {m.serial}
            </Button>
            <Warranty of={m} />
            {m.cases.length > 0 && (
              <span className="muted">{t('procedure.machine.cases', { count: m.cases.length })}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
