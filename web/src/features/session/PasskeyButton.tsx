import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Me } from '@/api/client'
import { forgetKept } from '@/api/kept'
import { signedIn } from '@/app/account'
import { answerByPasskey, givenUp, passkeysWork } from '@/kit/passkey'

/** Signs in with a passkey: no login and no password. */
export default function PasskeyButton({
  onDone,
  onFailed,
}: {
  onDone: (me: Me) => void
  onFailed: (e: unknown) => void
}) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  if (!passkeysWork()) return null
  const start = async () => {
    setBusy(true)
    onFailed(undefined)
    try {
      const body = await answerByPasskey()
      await forgetKept()
      const { data } = await http.POST('/api/v1/session/passkey', { body })
      onDone(signedIn(data as Me))
    } catch (e) {
      if (!givenUp(e)) onFailed(e)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="large" block loading={busy} onClick={() => void start()}>
      {t('factor.passkey_sign_in')}
    </Button>
  )
}
