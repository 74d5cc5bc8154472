import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Me } from '@/api/client'
import { ApiError } from '@/api/error'
import { forgetKept } from '@/api/kept'
import { signedIn } from '@/app/account'
import { ErrorState } from '@/kit/ErrorState'
import { CodeInput } from './CodeInput'
import PasskeyButton from './PasskeyButton'

interface Props {
  /** What the server said: the step that waits, and the ways to answer. */
  asked: ApiError['args']
  onDone: (me: Me) => void
  /** The step is over: it begins anew, with the reason when there is one. */
  onOver: (error?: unknown) => void
}

/** The second step of a sign-in: a code of the app, or one of the recovery codes. */
export default function SecondStep({ asked, onDone, onOver }: Props) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const ways: unknown[] = Array.isArray(asked.ways) ? asked.ways : []
  const [paper, setPaper] = useState(!ways.includes('totp') && !ways.includes('passkey'))
  const typed = paper || ways.includes('totp')
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      await forgetKept()
      const { data } = await http.POST('/api/v1/session/second', { body: { step: String(asked.step), code } })
      onDone(signedIn(data as Me))
    } catch (error) {
      if (error instanceof ApiError && error.code === 'user.step_over') onOver(error)
      else setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="sign-form" onSubmit={(e) => void submit(e)}>
      {failure !== undefined && <ErrorState inline error={failure} />}
      {ways.includes('passkey') && <PasskeyButton onDone={onDone} onFailed={setFailure} />}
      {paper && (
        <>
          <label htmlFor="code">{t('factor.recovery_code')}</label>
          <Input
            id="code"
            required
            size="large"
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            maxLength={24}
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
        </>
      )}
      {typed && !paper && (
        <>
          <label htmlFor="code">{t('factor.code')}</label>
          <CodeInput id="code" value={code} onChange={setCode} />
        </>
      )}
      {typed && (
        <Button type="primary" size="large" block htmlType="submit" loading={busy}>
          {t('factor.go_on')}
        </Button>
      )}
      {ways.includes('recovery') && (
        <Button
          type="link"
          block
          onClick={() => {
            setPaper(!paper)
            setCode('')
          }}
        >
          {t(paper ? 'factor.use_other' : 'factor.use_recovery')}
        </Button>
      )}
      <Button type="link" block onClick={() => onOver()}>
        {t('factor.back')}
      </Button>
    </form>
  )
}
