import type { TFunction } from 'i18next'
import { api, type Schemas, useRefreshUnder } from '@/api/client'

export type Handover = Schemas['HandoverDetailView']

/** Colours of the states. */
const tones = {
  planning: 'neutral',
  signing: 'active',
  moving: 'active',
  done: 'ok',
  dropped: 'neutral',
} as const

/** stateOf words a state; a move that ended by itself calls for action. */
export function stateOf(h: Pick<Handover, 'state' | 'stopped'>, t: TFunction) {
  if (h.stopped) return { tone: 'bad' as const, label: t('handover.states.stopped') }
  return { tone: tones[h.state], label: t(`handover.states.${h.state}`) }
}

/** usePeople gives everybody who may be chosen, without one. */
export function usePeople(without?: string) {
  const { data } = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  return (data?.items ?? []).filter((p) => p.id !== without).map((p) => ({ value: p.id, label: p.name }))
}

/** useRefreshHandovers has everything about handovers read anew. */
export const useRefreshHandovers = () => useRefreshUnder('/api/v1/handovers', '/api/v1/ownership')
