import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '@/api/client'
import { signIn } from '@/app/account'
import { ErrorState } from '@/kit/ErrorState'

/** Login and password. A fixed `login` signs the same person in again. */
export function SignInForm({ login: fixed, onDone }: { login?: string; onDone: (me: Me) => void }) {
  const { t } = useTranslation()
  const [login, setLogin] = useState(fixed ?? '')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      onDone(await signIn(login.trim(), password))
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="sign-form" onSubmit={(e) => void submit(e)}>
      {failure !== undefined && <ErrorState inline error={failure} />}
      <label htmlFor="login">{t('session.login')}</label>
      <Input
        id="login"
        required
        size="large"
        autoComplete="username"
        autoCapitalize="none"
        autoFocus={!fixed}
        readOnly={Boolean(fixed)}
        value={login}
        onChange={(e) => setLogin(e.target.value)}
      />
      <label htmlFor="password">{t('session.password')}</label>
      <Input.Password
        id="password"
        required
        size="large"
        autoComplete="current-password"
        autoFocus={Boolean(fixed)}
        value={password}
        onChange={(e) => setPassword(e.target.value)}
      />
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t('session.sign_in')}
      </Button>
    </form>
  )
}
