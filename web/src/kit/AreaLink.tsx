import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** A link into another feature's area, for features that must not know that feature's routes. */
export function AreaLink({
  to,
  className = 'link',
  children,
}: {
  to: string
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
