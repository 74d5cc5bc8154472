import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { withWords } from '@/app/i18n'
import { comeBack } from './comeBack'
import { Gate } from './Gate'
import { SignInForm } from './SignInForm'

const Providers = lazy(withWords(['factor'], () => import('./Providers')))

/** safeNext keeps only paths of this application, so that a crafted link cannot lead elsewhere. */
export const safeNext = (next: string | undefined): string => (next && /^\/(?![/\\])/.test(next) ? next : '/')

export default function SignInPage() {
  const { t } = useTranslation()
  const router = useRouter()
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/sign-in' })
  const [open, setOpen] = useState(false)
  const [came] = useState(() => comeBack(window.location.hash))
  useEffect(() => {
    http.GET('/api/v1/setup').then(
      ({ data }) => (data?.needed ? navigate({ to: '/setup', replace: true }) : undefined),
      () => undefined, // The form below works without knowing; a real fault shows there.
    )
  }, [navigate])
  useEffect(() => {
    http.GET('/api/v1/public/procedures').then(
      ({ data }) => setOpen((data?.items.length ?? 0) > 0),
      () => undefined, // Whoever signs in does not need it.
    )
  }, [])
  return (
    <Gate title={t('session.welcome')} hint={t('session.hint')}>
      <SignInForm came={came} onDone={() => router.history.replace(safeNext(next))} />
      <Suspense>
        <Providers next={next} />
      </Suspense>
      {open && (
        <p className="gate-public">
          <Link className="link" to="/public">
            {t('session.public')}
          </Link>
        </p>
      )}
    </Gate>
  )
}
