import { lazy, Suspense, useEffect, useState } from 'react'
import { onExpiry } from '@/api/session'

const SignInAgain = lazy(() => import('@/features/session/SignInAgain'))

/** Asks for the password again when the session has ended; the page below stays as it was. */
export function SessionDialog() {
  const [expired, setExpired] = useState(false)
  useEffect(() => {
    const stop = onExpiry(setExpired)
    return () => {
      stop()
    }
  }, [])
  return <Suspense>{expired && <SignInAgain />}</Suspense>
}
