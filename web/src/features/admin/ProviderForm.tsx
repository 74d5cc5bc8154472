import { Checkbox, Form, type FormRule, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { FormDrawer } from '@/kit/FormDrawer'

type Provider = Schemas['SignonView']
type Values = Omit<Schemas['SignonWrite'], 'roles' | 'secret' | 'scopes'> & {
  secret?: string
  scopes: string
  roles: string
}

/** rolesOf reads lines of the form value = role. */
export const rolesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((l) => l.split('=').map((x) => x.trim()))
      .filter((l) => l[0] && l[1]) as [string, string][],
  )

/** Adds a provider, or changes one. */
export default function ProviderForm({ of, onClose }: { of?: Provider; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/settings/providers', '/api/v1/session/providers')
  const required = { required: true, whitespace: true, message: t('kit.form.required') }
  const save = async ({ secret, scopes, roles, ...v }: Values) => {
    const body = {
      ...v,
      role_claim: v.role_claim ?? '',
      unit_claim: v.unit_claim ?? '',
      secret: secret || undefined,
      scopes: scopes.split(/\s+/).filter(Boolean),
      roles: rolesOf(roles ?? ''),
    }
    if (of)
      await http.PUT('/api/v1/settings/providers/{id}', {
        params: { path: { id: of.id }, header: { 'If-Match': `"${of.version}"` } },
        body,
      })
    else await http.POST('/api/v1/settings/providers', { body })
    await refresh()
  }
  const initial: Partial<Values> = of
    ? {
        ...of,
        secret: '',
        scopes: of.scopes.join(' '),
        roles: Object.entries(of.roles ?? {})
          .map((l) => l.join(' = '))
          .join('\n'),
      }
    : {
        address: window.location.origin,
        scopes: 'profile email',
        match_by: 'email',
        login_claim: 'preferred_username',
        role_claim: '',
        unit_claim: '',
        may_create: false,
        trusted: false,
        active: true,
        roles: '',
      }
  const line = (name: keyof Values, rules: FormRule[] = [], hint = true) => (
    <Form.Item
      name={name}
      label={t(`factor.provider.${name}`)}
      extra={hint && t(`factor.provider.${name}_hint`)}
      rules={rules}
    >
      <Input autoComplete="off" />
    </Form.Item>
  )
  const tick = (name: 'may_create' | 'trusted' | 'active') => (
    <Form.Item name={name} valuePropName="checked">
      <Checkbox>{t(`factor.provider.${name}`)}</Checkbox>
    </Form.Item>
  )
  return (
    <FormDrawer<Values>
      open
      title={t(of ? 'factor.provider.change_title' : 'factor.provider.add')}
      initial={initial}
      onSubmit={save}
      onClose={onClose}
    >
      {line('name', [required])}
      {line('issuer', [required])}
      {line('client_id', [required], false)}
      <Form.Item
        name="secret"
        label={t('factor.provider.secret')}
        extra={of?.has_secret ? t('factor.provider.secret_kept') : undefined}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {line('address', [required])}
      {line('scopes', [], false)}
      <Form.Item name="match_by" label={t('factor.provider.match_by')} extra={t('factor.provider.match_by_hint')}>
        <Select
          options={(['none', 'email', 'login'] as const).map((v) => ({
            value: v,
            label: t(`factor.provider.by_${v}`),
          }))}
        />
      </Form.Item>
      {line('login_claim', [required])}
      {tick('may_create')}
      {line('role_claim')}
      <Form.Item name="roles" label={t('factor.provider.roles')} extra={t('factor.provider.roles_hint')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      {line('unit_claim')}
      {tick('trusted')}
      {tick('active')}
    </FormDrawer>
  )
}
