import { App, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { type ApiError, asApiError, sentence } from '@/api/error'
import { ErrorState } from '@/kit/ErrorState'
import { markRequired, placeErrors } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { useRoles } from './data'
import { ProvidersPanel } from './ProvidersPanel'
import './admin.css'

type Policy = Schemas['UserPolicyView']

const EVERYBODY = 'everybody'

/** What is asked of those who sign in: passwords, sessions, and who needs a second factor. */
export default function SignInPolicyPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  const query = api.useQuery('get', '/api/v1/settings/sign-in', {}, { enabled: may })
  if (!may) return <NoAccess title={t('factor.policy.title')} />
  return (
    <Page title={t('factor.policy.title')}>
      <div className="settings-column">
        <QueryView query={query} lines={6}>
          {(p) => <PolicyForm of={p} />}
        </QueryView>
        <ProvidersPanel />
      </div>
    </Page>
  )
}

function PolicyForm({ of }: { of: Policy }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [form] = Form.useForm<Policy>()
  const roles = useRoles()
  const refresh = useRefreshUnder('/api/v1/settings/sign-in', '/api/v1/setup', '/api/v1/me')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  const save = async (body: Policy) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { response } = await http.GET('/api/v1/settings/sign-in')
      await http.PUT('/api/v1/settings/sign-in', {
        params: { header: { 'If-Match': response.headers.get('ETag') ?? '' } },
        body,
      })
      await refresh()
      void message.success(t('factor.policy.saved'))
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  const required = { required: true, message: t('kit.form.required') }
  const number = (name: keyof Policy, min: number, max: number) => (
    <Form.Item
      name={name}
      label={t(`factor.policy.${name}`)}
      extra={t(`factor.policy.${name}_hint`)}
      rules={[required]}
    >
      <InputNumber min={min} max={max} precision={0} />
    </Form.Item>
  )
  return (
    <Form<Policy>
      form={form}
      layout="vertical"
      requiredMark={markRequired}
      initialValues={of}
      onFinish={(v) => void save(v)}
      className="settings-column"
    >
      {failure && <ErrorState inline error={failure} />}
      <Panel title={t('factor.policy.second')}>
        <Form.Item name="factor_roles" label={t('factor.policy.who')} extra={t('factor.policy.who_hint')}>
          <Select
            mode="multiple"
            optionFilterProp="label"
            placeholder={t('factor.policy.nobody')}
            options={[
              { value: EVERYBODY, label: t('factor.policy.everybody') },
              ...(roles.data?.items ?? []).map((r) => ({
                value: r.name,
                label: t(`admin.role.${r.name}`, { defaultValue: r.name }),
              })),
            ]}
          />
        </Form.Item>
        {number('grace_days', 0, 90)}
      </Panel>
      <Panel title={t('factor.policy.passwords')}>
        {number('password_length', 8, 64)}
        <Form.Item name="password_off" valuePropName="checked" extra={t('factor.policy.password_off_hint')}>
          <Checkbox>{t('factor.policy.password_off')}</Checkbox>
        </Form.Item>
        <Form.Item name="keep_login" label={t('factor.policy.keep_login')} extra={t('factor.policy.keep_login_hint')}>
          <Input autoComplete="off" autoCapitalize="none" maxLength={64} />
        </Form.Item>
      </Panel>
      <Panel title={t('factor.policy.sessions')}>
        <div className="two">
          {number('idle_minutes', 5, 10080)}
          {number('life_hours', 1, 2160)}
        </div>
      </Panel>
      <div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('kit.save')}
        </Button>
      </div>
    </Form>
  )
}
