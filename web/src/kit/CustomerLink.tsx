import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'

/** customerPath is the address of a customer's page. */
export const customerPath = (id: string): string => `/customers/${id}`

/** A link to a customer's page, for features that must not know that feature's routes. */
export function CustomerLink({
  id,
  className = 'link',
  children,
}: {
  id: string
  className?: string
  children: ReactNode
}) {
  const navigate = useNavigate()
  const open = (e: MouseEvent) => {
    if (e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
    e.preventDefault()
    void navigate({ href: customerPath(id) })
  }
  return (
    <a className={className} href={customerPath(id)} onClick={open}>
      {children}
    </a>
  )
}
