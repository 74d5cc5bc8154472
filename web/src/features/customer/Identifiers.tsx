import { TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '@/kit/CopyButton'
import type { Customer } from './data'
import { Phone } from './words'

const IdentifiersForm = lazy(() => import('./IdentifiersForm'))

/** Codes and numbers by which the customer is known. */
export function Identifiers({ customer: c, write }: { customer: Customer; write: boolean }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  return (
    <>
      <h3 className="group-title">
        {t('customer.field.identifiers')}
        {write && (
          <button type="button" className="text-button" onClick={() => setEditing(true)}>
            {t(c.identifiers.length > 0 ? 'record.edit' : 'customer.identifier.add')}
          </button>
        )}
      </h3>
      {c.identifiers.length > 0 ? (
        <dl className="fields">
          {c.identifiers.map((n) => (
            <div key={`${n.type}:${n.value}`}>
              <dt>{t(`customer.identifier.${n.type}`)}</dt>
              <dd className="num">
                {n.type === 'phone' ? <Phone number={n.value} /> : n.value}
                <CopyButton text={n.value} what={t(`customer.identifier.${n.type}`)} />
                {n.override_reason && (
                  <span className="override">
                    <TriangleAlert size={13} aria-hidden />
                    {t('customer.identifier.kept', { reason: n.override_reason })}
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="muted">{t('record.no_identifiers')}</p>
      )}
      <Suspense>{editing && <IdentifiersForm customer={c} onClose={() => setEditing(false)} />}</Suspense>
    </>
  )
}
