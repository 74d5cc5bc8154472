import { useTranslation } from 'react-i18next'
import { EmptyState } from '@/kit/EmptyState'
import { Page } from '@/kit/Page'

export default function WorkbenchPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('app.area.workbench')}>
      <EmptyState title={t('app.area.workbench')} />
    </Page>
  )
}
