import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from './EmptyState'
import { Page } from './Page'

/** A page that the person may not use: says so, and who can change it. */
export function NoAccess({ title }: { title: string }) {
  const { t } = useTranslation()
  return (
    <Page title={title}>
      <EmptyState
        title={t('kit.no_access.title')}
        hint={t('kit.no_access.hint')}
        actions={<Link to="/">{t('app.not_found.home')}</Link>}
      />
    </Page>
  )
}
