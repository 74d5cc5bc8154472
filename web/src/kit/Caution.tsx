import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'

/** What is to be minded with a customer before one visits, gives or writes: do-not-contact and taboos. Needs the words of `caution`. */
export default function Caution({ customerID }: { customerID: string }) {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/customers/{id}/wishes', { params: { path: { id: customerID } } })
  const blocked = data?.items.find((w) => w.blocked)
  const taboos = data?.items.map((w) => w.taboos).filter(Boolean) ?? []
  if (!blocked && taboos.length === 0) return null
  return (
    <div className="caution" role="note">
      {blocked && <b>{[t('caution.blocked'), blocked.reason].filter(Boolean).join(' · ')}</b>}
      {taboos.length > 0 && (
        <span>
          {t('caution.taboos')}
          {taboos.join('\n')}
        </span>
      )}
    </div>
  )
}
