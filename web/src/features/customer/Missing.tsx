import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { asApiError } from '@/api/error'
import { EmptyState } from '@/kit/EmptyState'
import { ErrorState } from '@/kit/ErrorState'

/** Says kindly that the customer is not there, or not for this person. */
export function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { status } = asApiError(error)
  if (status !== 404 && status !== 403) return <ErrorState error={error} onRetry={onRetry} />
  return (
    <EmptyState
      title={t('record.missing')}
      hint={t('record.missing_hint')}
      actions={<Button onClick={() => void navigate({ to: '/customers' })}>{t('record.to_list')}</Button>}
    />
  )
}
