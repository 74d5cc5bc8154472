import type { ReactNode } from 'react'
import { AreaLink } from './AreaLink'

/** customerPath is the address of a customer's page. */
export const customerPath = (id: string): string => `/customers/${id}`

/** A link to a customer's page. */
export const CustomerLink = ({ id, ...rest }: { id: string; className?: string; children: ReactNode }) => (
  <AreaLink to={customerPath(id)} {...rest} />
)
