import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { CopyButton } from '@/kit/CopyButton'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'

const TokenForm = lazy(() => import('./TokenForm'))

type Token = Schemas['UserTokenView']

interface Props {
  /** Whose tokens; without it one's own. */
  owner?: string
  /** A token may be made: one's own, or that of a program. */
  make: boolean
}

/** useTokens reads the tokens of an owner, or one's own. */
function useTokens(owner = '') {
  const mine = api.useQuery('get', '/api/v1/me/tokens', {}, { enabled: !owner })
  const theirs = api.useQuery(
    'get',
    '/api/v1/users/{id}/tokens',
    { params: { path: { id: owner } } },
    { enabled: Boolean(owner) },
  )
  return owner ? theirs : mine
}

/** Tokens by which programs act. The secret is shown once, when it is made. */
export function TokensPanel({ owner, make }: Props) {
  const { t } = useTranslation()
  const tokens = useTokens(owner)
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<Token>()
  return (
    <Panel
      title={t('admin.token.title')}
      extra={make && <Button onClick={() => setMaking(true)}>{t('admin.token.create')}</Button>}
    >
      {made?.secret && <Secret name={made.name} text={made.secret} onKept={() => setMade(undefined)} />}
      <QueryView query={tokens} lines={2}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted">{t('admin.token.none')}</p>
          ) : (
            <ul className="entries" aria-label={t('admin.token.title')}>
              {list.items.map((k) => (
                <TokenRow key={k.id} token={k} owner={owner} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <Suspense>{making && <TokenForm owner={owner} onMade={setMade} onClose={() => setMaking(false)} />}</Suspense>
    </Panel>
  )
}

function Secret({ name, text, onKept }: { name: string; text: string; onKept: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="secret" role="status">
      <b>{t('admin.token.made', { name })}</b>
      <p>{t('admin.token.once')}</p>
      <div className="row">
        <code>{text}</code>
        <CopyButton text={text} what={t('admin.token.secret')} />
        <span className="grow" />
        <Button size="small" onClick={onKept}>
          {t('admin.token.kept')}
        </Button>
      </div>
    </div>
  )
}

function TokenRow({ token: k, owner }: { token: Token; owner?: string }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/me/tokens', '/api/v1/users')
  const revoke = () =>
    confirm({
      title: t('admin.token.revoke_title', { name: k.name }),
      text: t('admin.token.revoke_text'),
      ok: t('admin.token.revoke'),
      danger: true,
      action: async () => {
        if (owner)
          await http.DELETE('/api/v1/users/{id}/tokens/{item}', { params: { path: { id: owner, item: k.id } } })
        else await http.DELETE('/api/v1/me/tokens/{id}', { params: { path: { id: k.id } } })
        await refresh()
      },
    })
  const scopes = k.scopes.map((p) => t(`admin.permission.${p}`, { defaultValue: p }))
  return (
    <li>
      <b>{k.name}</b>
      <span className="muted">{scopes.length ? scopes.join(t('kit.list_comma')) : t('admin.token.all')}</span>
      <span className="muted">
        {t('admin.token.until')} <DateText value={k.expires_at} />
      </span>
      <span className="muted">
        {k.used_at ? (
          <>
            {t('admin.token.used')} <DateText value={k.used_at} time />
          </>
        ) : (
          t('admin.token.unused')
        )}
      </span>
      <Button size="small" type="text" danger onClick={() => void revoke()}>
        {t('admin.token.revoke')}
      </Button>
    </li>
  )
}
