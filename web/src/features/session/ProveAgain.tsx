import { Button, Input, Modal } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { signInDone } from '@/api/session'
import { signOut } from '@/app/account'
import { ErrorState } from '@/kit/ErrorState'
import { answerByPasskey, givenUp, passkeysWork } from '@/kit/passkey'
import { CodeInput } from './CodeInput'

/** Asks once more who sits there, before something that matters; what waits goes on then. */
export default function ProveAgain({ ways }: { ways: string[] }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const byPassword = ways.includes('password')
  const byKey = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await http.POST('/api/v1/me/passkeys/proof', { body: await answerByPasskey() })
      signInDone(true)
    } catch (error) {
      if (!givenUp(error)) setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      await http.POST('/api/v1/me/proof', { body: byPassword ? { password: text } : { code: text } })
      signInDone(true)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const anew = async () => {
    await signOut()
    window.location.assign('/sign-in')
  }
  return (
    <Modal
      open
      width={400}
      title={t('factor.prove')}
      footer={null}
      onCancel={() => signInDone(false)}
      maskClosable={false}
      zIndex={1200}
    >
      <p className="muted">{t('factor.prove_about')}</p>
      {ways.includes('sign_in') ? (
        <Button type="primary" block onClick={() => void anew()}>
          {t('factor.sign_in_anew')}
        </Button>
      ) : (
        <form className="sign-form" onSubmit={(e) => void submit(e)}>
          {failure !== undefined && <ErrorState inline error={failure} />}
          {ways.includes('passkey') && passkeysWork() && (
            <Button size="large" block loading={busy} onClick={() => void byKey()}>
              {t('factor.passkey_prove')}
            </Button>
          )}
          {byPassword ? (
            <>
              <label htmlFor="proof">{t('session.password')}</label>
              <Input.Password
                id="proof"
                required
                size="large"
                autoFocus
                autoComplete="current-password"
                value={text}
                onChange={(e) => setText(e.target.value)}
              />
            </>
          ) : (
            <>
              <label htmlFor="proof">{t('factor.code')}</label>
              <CodeInput id="proof" value={text} onChange={setText} />
            </>
          )}
          <Button type="primary" size="large" block htmlType="submit" loading={busy}>
            {t('factor.go_on')}
          </Button>
        </form>
      )}
    </Modal>
  )
}
