import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas } from '@/api/client'
import { ApiError } from '@/api/error'
import { meQuery } from '@/app/account'
import { queryClient } from '@/app/queryClient'
import { FormDrawer } from '@/kit/FormDrawer'
import { givenUp, makePasskey } from '@/kit/passkey'
import { deviceOf } from './device'

interface Props {
  /** The key that gets another name; without it one is made. */
  of?: Schemas['UserPasskeyView']
  onDone: (codes: string[]) => void
  onClose: () => void
}

/** Makes a passkey on this device, or names one. */
export default function PasskeyForm({ of, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const here = deviceOf(navigator.userAgent)
  const save = async ({ name }: { name: string }) => {
    if (of) {
      await http.PATCH('/api/v1/me/passkeys/{id}', { params: { path: { id: of.id } }, body: { name } })
      onDone([])
      return
    }
    const { data: asked } = await http.POST('/api/v1/me/passkeys/challenge')
    if (!asked) return
    const response = await makePasskey(asked).catch((e) => {
      throw givenUp(e) || (e instanceof DOMException && e.name === 'InvalidStateError')
        ? new ApiError(0, 'user.passkey_not_made')
        : e
    })
    const { data } = await http.POST('/api/v1/me/passkeys', { body: { step: asked.step, name, response } })
    onDone(data?.codes ?? [])
    await queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  return (
    <FormDrawer<{ name: string }>
      open
      title={t(of ? 'factor.rename' : 'factor.passkey_add')}
      submitText={of ? undefined : t('factor.go_on')}
      initial={{ name: of?.name ?? [here.browser, here.system].filter(Boolean).join(' · ') }}
      onSubmit={save}
      onClose={onClose}
    >
      {!of && <p className="muted form-about">{t('factor.passkey_about')}</p>}
      <Form.Item
        name="name"
        label={t('factor.passkey_name')}
        rules={[{ required: true, whitespace: true, message: t('kit.form.required') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
    </FormDrawer>
  )
}
