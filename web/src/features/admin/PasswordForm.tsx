import { useQueryClient } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { meQuery } from '@/app/account'
import { FormDrawer } from '@/kit/FormDrawer'
import { usePasswordLength } from '@/kit/usePasswordLength'

interface Values {
  current: string
  next: string
  repeat: string
}

/** Changes one's own password. */
export default function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const shortest = usePasswordLength()
  const required = { required: true, message: t('kit.form.required') }
  const save = async (v: Values) => {
    await http.POST('/api/v1/me/password', { body: { current: v.current, next: v.next } })
    const { data } = await http.GET('/api/v1/me')
    if (data) client.setQueryData(meQuery.queryKey, data)
    void client.invalidateQueries({ queryKey: ['get', '/api/v1/me/sessions'] })
  }
  return (
    <FormDrawer<Values>
      open
      title={t('admin.me.change_password')}
      done={t('admin.me.password_changed')}
      onSubmit={save}
      onClose={onClose}
    >
      <p className="muted form-about">{t('admin.me.password_about')}</p>
      <Form.Item name="current" label={t('admin.me.current')} rules={[required]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t('admin.me.next')}
        extra={t('session.setup.password_hint', { n: shortest })}
        rules={[required, { min: shortest, message: t('session.setup.password_hint', { n: shortest }) }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('admin.me.repeat')}
        dependencies={['next']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_, v: string) =>
              !v || v === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('admin.me.differs'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </FormDrawer>
  )
}
