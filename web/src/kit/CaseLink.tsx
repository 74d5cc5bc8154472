import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** A link into the area of cases, for features that must not know that feature's routes. */
export function CaseLink({
  to,
  className = 'link',
  children,
}: {
  /** `/cases/ID` of a case, `/cases?…` of a list or of the form that begins one. */
  to: `/cases${string}`
  className?: string
  children: ReactNode
}) {
  const navigate = useNavigate()
  const open = (e: MouseEvent) => {
    if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
    e.preventDefault()
    void navigate({ href: to })
  }
  return (
    <a className={className} href={to} onClick={open}>
      {children}
    </a>
  )
}
