import { useNavigate } from '@tanstack/react-router'
import type { Schemas } from '@/api/client'

type Duty = Schemas['DutyView']

/** useBegin takes up a duty: by its form, or by the plan of a visit where an appointment comes first. */
export function useBegin(form: (d: Duty) => void): (d: Duty) => void {
  const navigate = useNavigate()
  return (d) => (d.appointment ? void navigate({ href: `/visits?plan=${d.customer.id}&duty=${d.id}` }) : form(d))
}
