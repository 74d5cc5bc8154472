import { type Schemas, useRefreshUnder } from '@/api/client'
import type { StatusTone } from '@/kit/StatusDot'

export type Seminar = Schemas['SeminarView']
export type Guest = Schemas['SeminarInvitationView']
export type Kind = Seminar['kind']

export const kinds: Kind[] = ['seminar', 'exchange', 'thanks', 'training', 'meeting', 'hobby', 'other']

export const stateTones: Record<Seminar['state'], StatusTone> = { planned: 'active', held: 'ok', cancelled: 'neutral' }

export const answers: Guest['answer'][] = ['none', 'yes', 'waiting', 'no', 'withdrawn']

export const answerTones: Record<Guest['answer'], StatusTone> = {
  none: 'neutral',
  yes: 'ok',
  waiting: 'warn',
  no: 'neutral',
  withdrawn: 'neutral',
}

/** useHappened has everything read anew that shows events and who came. */
export const useHappened = () =>
  useRefreshUnder('/api/v1/seminars', '/api/v1/customers', '/api/v1/duties', '/api/v1/promises')

/** whenOf is the day and hours of an event. */
export const whenOf = (m: Pick<Seminar, 'on' | 'from' | 'to'>): string => (m.from ? `${m.on} ${m.from}–${m.to}` : m.on)

/** nameOf is who a line of the list is about. */
export const nameOf = (g: Guest, unknown: string): string => g.customer || g.person || unknown
