import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'

export default function DutyPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.area.duty')}>
      <EmptyState title={t('app.area.duty')} />
    </Page>
  )
}
