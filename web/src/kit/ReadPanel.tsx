import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from './ErrorState'
import { Panel } from './Page'

interface Props<T> {
  query: Pick<UseQueryResult<T, unknown>, 'data' | 'error' | 'refetch'>
  title: string
  extra?: (data: T) => ReactNode
  /** Whether there is nothing worth a panel; without it the panel is always there. */
  empty?: (data: T) => boolean
  children: (data: T) => ReactNode
}

/** A side panel with a read of its own: not there while that is under way or when there is nothing; a failed read says so. */
export function ReadPanel<T>({ query, title, extra, empty, children }: Props<T>) {
  const { data, error, refetch } = query
  if (data === undefined)
    return error ? (
      <Panel title={title}>
        <ErrorState inline error={error} onRetry={() => void refetch()} />
      </Panel>
    ) : null
  if (empty?.(data)) return null
  return (
    <Panel title={title} extra={extra?.(data)}>
      {children(data)}
    </Panel>
  )
}
