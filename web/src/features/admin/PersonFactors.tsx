import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http, useRefreshUnder } from '@/api/client'
import { useMe } from '@/app/account'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'

/** The second factors of a person, and taking them away when they are lost. */
export default function PersonFactors({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/users', '/api/v1/audit')
  const query = api.useQuery('get', '/api/v1/users/{id}/factors', { params: { path: { id } } })
  const reset = () =>
    confirm({
      title: t('factor.reset_title', { name }),
      text: t('factor.reset_text'),
      ok: t('factor.reset'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/users/{id}/factors', { params: { path: { id } } })
        await refresh()
      },
    })
  return (
    <Panel
      title={t('factor.title')}
      extra={
        (query.data?.app || Boolean(query.data?.passkeys)) &&
        me?.id !== id && (
          <Button danger onClick={() => void reset()}>
            {t('factor.reset')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={2}>
        {(f) => (
          <ul className="entries" aria-label={t('factor.title')}>
            <li>
              <b>{t('factor.app')}</b>
              <span className="muted">
                {f.app ? (
                  <>
                    {t('factor.since')} <DateText value={f.app} />
                  </>
                ) : (
                  t(f.asked ? 'factor.missing' : 'factor.off')
                )}
              </span>
            </li>
            <li>
              <b>{t('factor.passkey')}</b>
              <span className="muted">
                {f.passkeys > 0 ? t('factor.passkeys', { count: f.passkeys }) : t('factor.off')}
              </span>
            </li>
            {(f.app || f.passkeys > 0) && (
              <li>
                <b>{t('factor.recovery')}</b>
                <span className="muted">{t('factor.left', { count: f.recovery })}</span>
              </li>
            )}
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}
