import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Me } from '@/api/client'
import { signInDone } from '@/api/session'
import { useMe } from '@/app/account'
import { SignInForm } from './SignInForm'

/** The dialog over a page whose session has ended; signing in sends the waiting requests again. */
export default function SignInAgain() {
  const { t } = useTranslation()
  const me = useMe()
  const done = (again: Me) => {
    signInDone(true)
    if (me && again.id !== me.id) window.location.assign('/')
  }
  const leave = () => {
    signInDone(false)
    window.location.assign('/sign-in')
  }
  return (
    <Modal
      open
      width={400}
      title={t('session.again')}
      footer={null}
      closable={false}
      maskClosable={false}
      keyboard={false}
      zIndex={1200}
    >
      <p className="muted">{t('session.again_hint')}</p>
      <SignInForm login={me?.login} onDone={done} />
      <Button type="link" block onClick={leave}>
        {t('session.leave')}
      </Button>
    </Modal>
  )
}
