import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'

/** Where else one may sign in; the browser goes there and comes back. */
export default function Providers({ next }: { next?: string }) {
  const { t } = useTranslation()
  const { data } = api.useQuery('get', '/api/v1/session/providers', {}, { staleTime: 60_000, retry: false })
  if (!data?.items.length) return null
  return (
    <nav className="sign-form" aria-label={t('factor.providers')}>
      {data.items.map((p) => (
        <a
          key={p.id}
          className="ant-btn ant-btn-default ant-btn-lg ant-btn-block provider"
          href={`/api/v1/session/provider/${p.id}?${new URLSearchParams({ next: next ?? '/' })}`}
        >
          {t('factor.provider_sign_in', { name: p.name })}
        </a>
      ))}
    </nav>
  )
}
