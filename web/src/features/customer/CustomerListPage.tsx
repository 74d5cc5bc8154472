import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'

export default function CustomerListPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.area.customer')}>
      <EmptyState title={t('app.area.customer')} />
    </Page>
  )
}
