import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refreshUnder, type Schemas } from '@/api/client'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'

export type Visit = Schemas['VisitView']
export type Act = Schemas['VisitActBody']['act']

const tones: Record<Visit['state'], StatusTone> = {
  planned: 'neutral',
  asked: 'warn',
  confirmed: 'active',
  under_way: 'active',
  arrived: 'active',
  done: 'ok',
  cancelled: 'neutral',
}

/** The state of a visit in words. */
export function VisitState({ of: v }: { of: Visit }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`visit.states.${v.state}`)} tone={tones[v.state]} />
}

/** Whether the customer should have agreed to the visit and has not. */
export const unagreed = (v: Visit): boolean => v.state === 'asked' || (v.state === 'planned' && v.needs_appointment)

/** The day of a visit, with its hours where they were agreed. */
export const whenText = (v: Visit): string => (v.from ? `${v.on} ${v.from}–${v.to}` : v.on)

/** Where visits show: a report keeps a duty, becomes a fact of the customer and may end a call. */
const shown = ['/api/v1/visits', '/api/v1/duties', '/api/v1/calls', '/api/v1/workbench', '/api/v1/customers'] as const

/** settle has everything read anew that a changed visit shows in. */
export async function settle(client: QueryClient, v: Visit): Promise<void> {
  client.setQueriesData({ queryKey: ['get', '/api/v1/visits/{id}'] }, (old: Visit | undefined) =>
    old?.id === v.id ? v : old,
  )
  await refreshUnder(client, shown)
}

/** useSettled is settle for the page. */
export function useSettled(): (v: Visit) => Promise<void> {
  const client = useQueryClient()
  return (v) => settle(client, v)
}

/** useSeen gives a visit as a list has shown it: what was looked at opens without a network too. */
export function useSeen(id: string): Visit | undefined {
  const client = useQueryClient()
  type Read = { items?: Visit[]; visits?: Visit[]; pages?: { items: Visit[] }[] }
  const paths = ['/api/v1/visits', '/api/v1/visits/agenda']
  const read = client.getQueriesData<Read>({
    predicate: ({ queryKey: [, path] }) => paths.includes(String(path)),
  })
  return read
    .flatMap(([, d]) => [...(d?.items ?? []), ...(d?.visits ?? []), ...(d?.pages ?? []).flatMap((p) => p.items)])
    .find((v) => v.id === id)
}

/** namesOf reads a list of names as people write it. */
export const namesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,，、;；\n]/)
    .map((n) => n.trim())
    .filter(Boolean)
