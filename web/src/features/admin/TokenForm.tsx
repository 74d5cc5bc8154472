import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { useMe } from '@/app/account'
import { FormDrawer } from '@/kit/FormDrawer'

interface Values {
  name: string
  scopes?: string[]
  days: number
}

interface Props {
  /** The program the token is for; without it the acting person. */
  owner?: string
  onMade: (token: Schemas['UserTokenView']) => void
  onClose: () => void
}

const LIVES = [7, 30, 90, 365]

/** Makes a token: what for, what it may do, and how long. */
export default function TokenForm({ owner, onMade, onClose }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const refresh = useRefreshUnder('/api/v1/me/tokens', '/api/v1/users')
  const save = async (v: Values) => {
    const body = { name: v.name.trim(), scopes: v.scopes ?? [], days: v.days }
    const { data } = owner
      ? await http.POST('/api/v1/users/{id}/tokens', { params: { path: { id: owner } }, body })
      : await http.POST('/api/v1/me/tokens', { body })
    if (data) onMade(data)
    await refresh()
  }
  const permissions = Object.keys(me?.permissions ?? {})
    .filter((p) => p !== 'self')
    .map((p) => ({ value: p, label: t(`admin.permission.${p}`, { defaultValue: p }) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <FormDrawer<Values>
      open
      title={t('admin.token.create')}
      submitText={t('admin.token.create')}
      initial={{ days: 90 }}
      onSubmit={save}
      onClose={onClose}
    >
      <p className="muted form-about">{t(owner ? 'admin.token.about_program' : 'admin.token.about')}</p>
      <Form.Item
        name="name"
        label={t('admin.token.name')}
        extra={t('admin.token.name_hint')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="scopes" label={t('admin.token.scopes')} extra={t('admin.token.scopes_hint')}>
        <Select mode="multiple" placeholder={t('admin.token.all')} optionFilterProp="label" options={permissions} />
      </Form.Item>
      <Form.Item name="days" label={t('admin.token.life')}>
        <Select options={LIVES.map((n) => ({ value: n, label: t('admin.token.days', { count: n }) }))} />
      </Form.Item>
    </FormDrawer>
  )
}
