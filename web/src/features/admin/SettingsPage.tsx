import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'

export default function SettingsPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.area.admin')}>
      <EmptyState title={t('app.area.admin')} />
    </Page>
  )
}
