import { lazy, Suspense, useEffect, useState } from 'react'
import { onExpiry, proofAsked } from '@/api/session'
import { withWords } from './i18n'

const ProveAgain = lazy(withWords(['factor'], () => import('@/features/session/ProveAgain')))
const SignInAgain = lazy(() => import('@/features/session/SignInAgain'))

/** Asks for the password again when the session has ended, or for a proof; the page below stays as it was. */
export function SessionDialog() {
  const [expired, setExpired] = useState(false)
  useEffect(() => {
    const stop = onExpiry(setExpired)
    return () => {
      stop()
    }
  }, [])
  return <Suspense>{expired && (proofAsked() ? <ProveAgain ways={proofAsked() ?? []} /> : <SignInAgain />)}</Suspense>
}
