import { App } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, newKey, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { useText } from '@/kit/text'
import { useSettled, type Visit } from './data'

export type Week = Schemas['VisitWeekView']
export type Proposal = Schemas['VisitProposalView']
export type ProposedDay = Week['days'][number]

export interface Acts {
  busy: boolean
  /** Why the visit could not be planned, by duty. */
  failed: Record<string, string>
  accept: (list: Proposal[]) => Promise<void>
  put: (p: Proposal, day: string) => void
  drop: (p: Proposal) => void
}

/** arranged gives the days with what was put elsewhere or dropped; what is put on a day comes after what is proposed there. */
export function arranged(days: ProposedDay[], put: Record<string, string>, dropped: string[]): ProposedDay[] {
  const moved = days.flatMap((d) => d.proposed.filter((p) => put[p.duty.id] !== undefined && put[p.duty.id] !== d.on))
  return days.map((d) => ({
    ...d,
    proposed: [...d.proposed.filter((p) => !moved.includes(p)), ...moved.filter((p) => put[p.duty.id] === d.on)].filter(
      (p) => !dropped.includes(p.duty.id),
    ),
  }))
}

/**
 * useProposals holds what somebody does with a proposed week. Accepting plans the visit, each with a key of its own: pressing
 * twice, or again after a lost answer, plans one.
 */
export function useProposals(week: Week, owner: string | undefined): Acts & { days: ProposedDay[] } {
  const { t } = useTranslation()
  const text = useText()
  const { message } = App.useApp()
  const settled = useSettled()
  const [put, setPut] = useState<Record<string, string>>({})
  const [dropped, setDropped] = useState<string[]>([])
  const [failed, setFailed] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const keys = useRef(new Map<string, string>())
  const days = arranged(week.days, put, dropped)

  const keyOf = (p: Proposal, on: string) => {
    const name = `${p.duty.id} ${on}`
    const key = keys.current.get(name) ?? newKey()
    keys.current.set(name, key)
    return key
  }
  const plan = async (p: Proposal, on: string): Promise<Visit> => {
    const { data } = await http.POST('/api/v1/visits', {
      params: { header: { 'Idempotency-Key': keyOf(p, on) } },
      body: {
        customer_id: p.customer.id,
        duty_id: p.duty.id,
        owner_id: owner,
        on,
        purpose: text(p.duty.title) || t('week.purpose'),
      },
    })
    return data as Visit
  }
  const accept = async (list: Proposal[]) => {
    setBusy(true)
    const refused: Record<string, string> = {}
    let last: Visit | undefined
    let n = 0
    for (const p of list) {
      const on = days.find((d) => d.proposed.includes(p))?.on
      if (!on) continue
      try {
        last = await plan(p, on)
        keys.current.delete(`${p.duty.id} ${on}`) // cancelled and accepted anew it is another visit
        n++
      } catch (e) {
        refused[p.duty.id] = errorText(t, e)
      }
    }
    if (last) await settled(last)
    setFailed(refused)
    setBusy(false)
    if (n > 0) void message.success(t('week.accepted', { n }))
  }
  return {
    days,
    busy,
    failed,
    accept,
    put: (p, day) => setPut((was) => ({ ...was, [p.duty.id]: day })),
    drop: (p) => setDropped((was) => [...was, p.duty.id]),
  }
}
