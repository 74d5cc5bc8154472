import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'

export default function GradingPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.area.grading')}>
      <EmptyState title={t('app.area.grading')} />
    </Page>
  )
}
