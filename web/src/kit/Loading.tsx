import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from './ErrorState'

const DELAY_MS = 150

/** useDelayed is true once `on` has lasted long enough to be worth showing. */
export function useDelayed(on: boolean, ms = DELAY_MS): boolean {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!on) {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), ms)
    return () => clearTimeout(timer)
  }, [on, ms])
  return on && shown
}

/** Grey bars in the shape of what is coming; they keep their room from the start and show after 150 ms. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  const { t } = useTranslation()
  const shown = useDelayed(true)
  return (
    <div className={shown ? 'skel' : 'skel skel-wait'} role="status" aria-label={t('kit.loading')}>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} className={`skel-bar skel-${i % 3}`} />
      ))}
    </div>
  )
}

/** Shows the loading, the error (with retry) or the result of a query. */
export function QueryView<T>(p: {
  query: Pick<UseQueryResult<T, unknown>, 'data' | 'error' | 'isPending' | 'refetch'>
  lines?: number
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}) {
  const { data, error, isPending, refetch } = p.query
  if (data !== undefined) return p.children(data)
  if (error && !isPending) return <ErrorState error={error} onRetry={() => void refetch()} />
  return p.skeleton ?? <SkeletonLines lines={p.lines} />
}
