import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { errorText } from '@/api/error'
import { CopyButton } from '@/kit/CopyButton'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { passkeysWork } from '@/kit/passkey'
import { useConfirm } from '@/kit/useConfirm'

const AppForm = lazy(() => import('./AppForm'))
const PasskeyForm = lazy(() => import('./PasskeyForm'))

type NewApp = Schemas['UserNewAppView']
type Passkey = Schemas['UserPasskeyView']

/** What the person proves beside the password: an app that gives codes, and codes on paper for the day it is lost. */
export default function FactorsPanel() {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/me/factors')
  const keys = api.useQuery('get', '/api/v1/me/passkeys')
  const [app, setApp] = useState<NewApp>()
  const [naming, setNaming] = useState<Passkey | 'new'>()
  const [codes, setCodes] = useState<string[]>()
  const [failure, setFailure] = useState<string>()
  const refresh = useRefreshUnder('/api/v1/me/factors', '/api/v1/me/passkeys', '/api/v1/me/sessions')
  const confirm = useConfirm()
  const begin = async () => {
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/me/factors/app')
      setApp(data)
    } catch (e) {
      setFailure(errorText(t, e))
    }
  }
  const drop = () =>
    confirm({
      title: t('factor.drop_title'),
      text: t('factor.drop_text'),
      ok: t('factor.drop'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/me/factors/app')
        setCodes(undefined)
        await refresh()
      },
    })
  const renew = () =>
    confirm({
      title: t('factor.renew_title'),
      text: t('factor.renew_text'),
      ok: t('factor.renew'),
      action: async () => {
        const { data } = await http.POST('/api/v1/me/factors/recovery')
        setCodes(data?.codes)
        await refresh()
      },
    })
  const remove = (k: Passkey) =>
    confirm({
      title: t('factor.passkey_remove_title', { name: k.name }),
      text: t('factor.passkey_remove_text'),
      ok: t('factor.passkey_remove'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id: k.id } } })
        await refresh()
      },
    })
  return (
    <Panel title={t('factor.title')}>
      {failure && <p className="must-change">{failure}</p>}
      {codes && <Codes codes={codes} onKept={() => setCodes(undefined)} />}
      <QueryView query={query} lines={2}>
        {(f) => (
          <>
            {f.due && (
              <p className="must-change">
                {t('factor.due')} <DateText value={f.due} />
              </p>
            )}
            <ul className="entries" aria-label={t('factor.title')}>
              <li>
                <b>{t('factor.app')}</b>
                <span className="muted">
                  {f.app ? (
                    <>
                      {t('factor.since')} <DateText value={f.app} />
                    </>
                  ) : (
                    t('factor.off')
                  )}
                </span>
                <Button size="small" type={f.due ? 'primary' : 'default'} onClick={() => void begin()}>
                  {t(f.app ? 'factor.replace' : 'factor.set_up')}
                </Button>
                {f.app && (
                  <Button size="small" type="text" danger onClick={() => void drop()}>
                    {t('factor.drop')}
                  </Button>
                )}
              </li>
              <li>
                <b>{t('factor.passkey')}</b>
                <span className="muted">{t('factor.passkey_hint')}</span>
                {passkeysWork() ? (
                  <Button size="small" onClick={() => setNaming('new')}>
                    {t('factor.passkey_add')}
                  </Button>
                ) : (
                  <span className="muted">{t('factor.passkey_https')}</span>
                )}
              </li>
              {keys.data?.items.map((k) => (
                <li key={k.id}>
                  <b>{k.name}</b>
                  <span className="muted">
                    {t('factor.passkey_since')} <DateText value={k.created_at} />
                  </span>
                  <span className="muted">
                    {k.used_at && (
                      <>
                        {t('factor.passkey_used')} <DateText value={k.used_at} time />
                      </>
                    )}
                  </span>
                  <Button size="small" type="text" onClick={() => setNaming(k)}>
                    {t('factor.rename')}
                  </Button>
                  <Button size="small" type="text" danger onClick={() => void remove(k)}>
                    {t('factor.passkey_remove')}
                  </Button>
                </li>
              ))}
              {(f.app || f.passkeys > 0) && (
                <li>
                  <b>{t('factor.recovery')}</b>
                  <span className="muted">{t('factor.left', { count: f.recovery })}</span>
                  <Button size="small" onClick={() => void renew()}>
                    {t('factor.renew')}
                  </Button>
                </li>
              )}
            </ul>
          </>
        )}
      </QueryView>
      <Suspense>
        {app && (
          <AppForm
            app={app}
            onDone={(made) => {
              setCodes(made)
              void refresh()
            }}
            onClose={() => setApp(undefined)}
          />
        )}
        {naming && (
          <PasskeyForm
            of={naming === 'new' ? undefined : naming}
            onDone={(made) => {
              if (made.length > 0) setCodes(made)
              void refresh()
            }}
            onClose={() => setNaming(undefined)}
          />
        )}
      </Suspense>
    </Panel>
  )
}

/** Recovery codes, shown once. */
function Codes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="secret" role="status">
      <b>{t('factor.recovery')}</b>
      <p>{t('factor.once')}</p>
      <ul className="codes">
        {codes.map((c) => (
          <li key={c}>
            <code>{c}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <CopyButton text={codes.join('\n')} what={t('factor.recovery')} />
        <span className="grow" />
        <Button size="small" onClick={onKept}>
          {t('factor.kept')}
        </Button>
      </div>
    </div>
  )
}
