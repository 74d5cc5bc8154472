import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '@/kit/CopyButton'
import { CustomerLink } from '@/kit/CustomerLink'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { Fields } from '@/kit/Page'
import { RecordPanel } from '@/kit/RecordPanel'
import { changesOf, factsOf, useAuditWords } from './auditWords'
import type { AuditEntry } from './data'

interface Props {
  entry: AuditEntry
  /** Shows only the entries about a customer. */
  onlyCustomer?: (id: string) => void
  onClose: () => void
  onPrevious?: () => void
  onNext?: () => void
}

/** One entry of the audit log with everything it says. */
export default function AuditPanel({ entry: r, onlyCustomer, ...walk }: Props) {
  const { t } = useTranslation()
  const { num } = useFormat()
  const words = useAuditWords()
  const changes = changesOf(r.detail)
  const facts = factsOf(r.detail)
  return (
    <RecordPanel open title={words.action(r)} {...walk}>
      <div className="stack">
        <Fields
          items={[
            { label: t('admin.audit.at'), value: <DateText value={r.at} time /> },
            { label: t('admin.audit.actor'), value: words.actor(r) },
            { label: t('admin.audit.entity'), value: t(`admin.entity.${r.entity}`, { defaultValue: r.entity }) },
            {
              label: t('admin.entity.customer'),
              value: r.customer_id && (
                <>
                  <CustomerLink id={r.customer_id}>{t('admin.audit.open_customer')}</CustomerLink>
                  {onlyCustomer && (
                    <Button size="small" type="link" onClick={() => onlyCustomer(r.customer_id)}>
                      {t('audit.only_customer')}
                    </Button>
                  )}
                </>
              ),
            },
            { label: t('admin.audit.seq'), value: num(r.seq) },
          ]}
        />
        {changes.length > 0 && (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('admin.audit.field')}</th>
                <th scope="col">{t('admin.audit.before')}</th>
                <th scope="col">{t('admin.audit.after')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((c) => (
                <tr key={c.field}>
                  <th scope="row">{words.field(c.field)}</th>
                  <td className="audit-value">{words.value(c.before)}</td>
                  <td className="audit-value">{words.value(c.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {facts.length > 0 && (
          <Fields
            items={facts.map(([k, v]) => ({
              label: words.field(k),
              value: words.value(v),
              wide: typeof v === 'object',
            }))}
          />
        )}
        <div className="audit-proof">
          <span className="muted">{t('admin.audit.hash')}</span>
          <code>{r.hash}</code>
          <CopyButton text={r.hash} what={t('admin.audit.hash')} />
        </div>
      </div>
    </RecordPanel>
  )
}
