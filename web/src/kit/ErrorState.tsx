import { Button } from 'antd'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { asApiError, errorText } from '@/api/error'

/** What went wrong in words, its code for support, and a retry. `inline` is the form for the head of a form or panel. */
export function ErrorState({ error, onRetry, inline }: { error: unknown; onRetry?: () => void; inline?: boolean }) {
  const { t } = useTranslation()
  const { code, status } = asApiError(error)
  return (
    <div className={inline ? 'fault fault-inline' : 'fault'} role="alert">
      <CircleAlert size={inline ? 16 : 20} aria-hidden />
      <div className="fault-text">
        <b>{errorText(t, error)}</b>
        <small className="num">{status > 0 ? `${code} · ${status}` : code}</small>
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t('kit.retry')}
        </Button>
      )}
    </div>
  )
}
