import type { ReactNode } from 'react'
import { AreaLink } from './AreaLink'

interface Props {
  /** `/cases/ID` of a case, `/cases?…` of a list or of the form that begins one. */
  to: `/cases${string}`
  className?: string
  children: ReactNode
}

/** A link into the area of cases. */
export const CaseLink = (p: Props) => <AreaLink {...p} />
