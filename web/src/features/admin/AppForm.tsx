import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { meQuery } from '@/app/account'
import { queryClient } from '@/app/queryClient'
import { CopyButton } from '@/kit/CopyButton'
import { FormDrawer } from '@/kit/FormDrawer'
import { QRCode } from '@/kit/QRCode'

interface Props {
  app: Schemas['UserNewAppView']
  onDone: (codes: string[]) => void
  onClose: () => void
}

/** Has an app take the secret over, and count once it gave a code. */
export default function AppForm({ app, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const save = async (v: { code: string }) => {
    const { data } = await http.PUT('/api/v1/me/factors/app', { body: v })
    onDone(data?.codes ?? [])
    await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  return (
    <FormDrawer<{ code: string }>
      open
      title={t('factor.set_up_title')}
      submitText={t('factor.confirm')}
      done={t('factor.on')}
      onSubmit={save}
      onClose={onClose}
    >
      <ol className="steps">
        <li>
          <p>{t('factor.scan')}</p>
          <QRCode code={app} label={t('factor.qr')} />
          <p className="muted">{t('factor.by_hand')}</p>
          <p className="row secret-line">
            <code>{app.secret.match(/.{1,4}/g)?.join(' ')}</code>
            <CopyButton text={app.secret} what={t('factor.secret')} />
          </p>
        </li>
        <li>
          <Form.Item
            name="code"
            label={t('factor.type_code')}
            rules={[{ required: true, message: t('kit.form.required') }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={7} />
          </Form.Item>
        </li>
      </ol>
    </FormDrawer>
  )
}
