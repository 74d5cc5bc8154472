import { Button, Input } from 'antd'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Me } from '@/api/client'
import { ApiError } from '@/api/error'
import { signIn } from '@/app/account'
import { withWords } from '@/app/i18n'
import { ErrorState } from '@/kit/ErrorState'

const PasskeyButton = lazy(withWords(['factor'], () => import('./PasskeyButton')))
const SecondStep = lazy(withWords(['factor'], () => import('./SecondStep')))

const SECOND = 'user.second_factor'

/** Login and password. A fixed `login` signs the same person in again. */
export function SignInForm({
  login: fixed,
  came,
  onDone,
}: {
  login?: string
  /** What a provider brought back instead of a session. */
  came?: ApiError
  onDone: (me: Me) => void
}) {
  const { t } = useTranslation()
  const [login, setLogin] = useState(fixed ?? '')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const asks = came?.code === SECOND
  const [failure, setFailure] = useState<unknown>(asks ? undefined : came)
  const [step, setStep] = useState(asks ? came?.args : undefined)
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      onDone(await signIn(login.trim(), password))
    } catch (error) {
      if (error instanceof ApiError && error.code === SECOND) setStep(error.args)
      else setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  if (step) {
    const over = (error?: unknown) => {
      setStep(undefined)
      setFailure(error)
    }
    return (
      <Suspense>
        <SecondStep asked={step} onDone={onDone} onOver={over} />
      </Suspense>
    )
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
      <Suspense>
        <PasskeyButton onDone={onDone} onFailed={setFailure} />
      </Suspense>
    </form>
  )
}
