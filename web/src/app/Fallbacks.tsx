import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'
import { Page } from '@/kit/Page'

/** Shown where no page lives. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.not_found.title')}>
      <EmptyState title={t('app.not_found.hint')} actions={<Link to="/">{t('app.not_found.home')}</Link>} />
    </Page>
  )
}

/** Shown when a page failed to load or to render; the rest of the frame stays. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <div className="page">
      <ErrorState error={error} onRetry={retry} />
    </div>
  )
}
