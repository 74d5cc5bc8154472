import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'

const ProviderForm = lazy(() => import('./ProviderForm'))

type Provider = Schemas['SignonView']

/** The services by which people sign in elsewhere. */
export function ProvidersPanel() {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/settings/providers')
  const [open, setOpen] = useState<Provider | 'new'>()
  return (
    <Panel
      title={t('factor.providers')}
      extra={<Button onClick={() => setOpen('new')}>{t('factor.provider.add')}</Button>}
    >
      <QueryView query={query} lines={2}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted">{t('factor.provider.none')}</p>
          ) : (
            <ul className="entries" aria-label={t('factor.providers')}>
              {list.items.map((p) => (
                <li key={p.id}>
                  <b>{p.name}</b>
                  <span className="muted">{p.issuer}</span>
                  <StatusDot
                    tone={p.active ? 'ok' : 'neutral'}
                    label={t(p.active ? 'factor.provider.on' : 'factor.provider.off')}
                  />
                  <Button size="small" onClick={() => setOpen(p)}>
                    {t('factor.provider.change')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <Suspense>
        {open && <ProviderForm of={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </Panel>
  )
}
