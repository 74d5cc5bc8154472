import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { CopyButton } from '@/kit/CopyButton'
import { DateText } from '@/kit/DateText'
import { FormDrawer } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { useConfirm } from '@/kit/useConfirm'

/** Tokens by which programs act for the person. The secret is shown once, when it is made. */
export function TokensPanel() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const confirm = useConfirm()
  const tokens = api.useQuery('get', '/api/v1/me/tokens')
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<{ name: string; text: string }>()
  const again = () => client.invalidateQueries({ queryKey: ['get', '/api/v1/me/tokens'] })
  const make = async (v: { name: string }) => {
    const { data } = await http.POST('/api/v1/me/tokens', { body: { name: v.name.trim() } })
    if (data?.secret) setSecret({ name: data.name, text: data.secret })
    await again()
  }
  const revoke = (id: string, name: string) =>
    confirm({
      title: t('admin.token.revoke_title', { name }),
      text: t('admin.token.revoke_text'),
      ok: t('admin.token.revoke'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/me/tokens/{id}', { params: { path: { id } } })
        await again()
      },
    })
  return (
    <Panel
      title={t('admin.token.title')}
      extra={<Button onClick={() => setMaking(true)}>{t('admin.token.create')}</Button>}
    >
      {secret && (
        <div className="secret" role="status">
          <b>{t('admin.token.made', { name: secret.name })}</b>
          <p>{t('admin.token.once')}</p>
          <div className="row">
            <code>{secret.text}</code>
            <CopyButton text={secret.text} what={t('admin.token.secret')} />
            <span className="grow" />
            <Button size="small" onClick={() => setSecret(undefined)}>
              {t('admin.token.kept')}
            </Button>
          </div>
        </div>
      )}
      <QueryView query={tokens} lines={2}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted">{t('admin.token.none')}</p>
          ) : (
            <ul className="entries" aria-label={t('admin.token.title')}>
              {list.items.map((k) => (
                <li key={k.id}>
                  <b>{k.name}</b>
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
                  <Button size="small" type="text" danger onClick={() => void revoke(k.id, k.name)}>
                    {t('admin.token.revoke')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <FormDrawer<{ name: string }>
        open={making}
        title={t('admin.token.create')}
        submitText={t('admin.token.create')}
        onSubmit={make}
        onClose={() => setMaking(false)}
      >
        <p className="muted form-about">{t('admin.token.about')}</p>
        <Form.Item
          name="name"
          label={t('admin.token.name')}
          extra={t('admin.token.name_hint')}
          rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
      </FormDrawer>
    </Panel>
  )
}
