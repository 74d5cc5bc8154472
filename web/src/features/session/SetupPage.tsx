import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Me } from '@/api/client'
import { type ApiError, asApiError, sentence } from '@/api/error'
import { meQuery } from '@/app/account'
import { queryClient } from '@/app/queryClient'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { markRequired, placeErrors } from '@/kit/FormDrawer'
import { usePasswordLength } from '@/kit/usePasswordLength'
import { Gate } from './Gate'

interface Values {
  login: string
  name: string
  password: string
}

/** The first person of a new installation, by the one-time link from the log. */
export default function SetupPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { token } = useSearch({ from: '/setup' })
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const shortest = usePasswordLength()
  const [failure, setFailure] = useState<ApiError>()
  const submit = async (values: Values) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/setup', { body: { token: token ?? '', ...values } })
      queryClient.setQueryData(meQuery.queryKey, data as Me)
      await navigate({ to: '/', replace: true })
    } catch (e) {
      setFailure(placeErrors(asApiError(e), form, (code, args) => sentence(t, code, args)))
    } finally {
      setBusy(false)
    }
  }
  const required = { required: true, message: t('kit.form.required') }
  return (
    <Gate title={t('session.setup.title')} hint={t('session.setup.hint')}>
      {token ? (
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={markRequired}
          size="large"
          className="setup-form"
          onFinish={(v) => void submit(v)}
        >
          {failure && <ErrorState inline error={failure} />}
          <Form.Item name="name" label={t('session.setup.name')} rules={[required]}>
            <Input autoComplete="name" autoFocus />
          </Form.Item>
          <Form.Item name="login" label={t('session.login')} rules={[required]}>
            <Input autoComplete="username" autoCapitalize="none" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('session.password')}
            extra={t('session.setup.password_hint', { n: shortest })}
            rules={[required, { min: shortest, message: t('session.setup.password_hint', { n: shortest }) }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" block htmlType="submit" loading={busy}>
            {t('session.setup.do')}
          </Button>
        </Form>
      ) : (
        <EmptyState title={t('session.setup.no_token')} hint={t('session.setup.no_token_hint')} />
      )}
    </Gate>
  )
}
