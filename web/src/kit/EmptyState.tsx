import type { ReactNode } from 'react'

/** What belongs here, why it is empty, and one or two things to do. */
export function EmptyState({ title, hint, actions }: { title: string; hint?: string; actions?: ReactNode }) {
  return (
    <div className="empty" role="status">
      <b>{title}</b>
      {hint && <p>{hint}</p>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
