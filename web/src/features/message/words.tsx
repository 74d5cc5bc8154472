import { useTranslation } from 'react-i18next'
import { sentence } from '@/api/error'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Message, State } from './data'

const tones: Record<State, StatusTone> = {
  queued: 'active',
  sending: 'active',
  sent: 'ok',
  failed: 'bad',
  unclear: 'warn',
  suppressed: 'neutral',
  stopped: 'neutral',
}

/** stateTone is the colour of a state. */
export const stateTone = (state: State): StatusTone => tones[state]

/** Where a message stands. */
export function MessageState({ of: m }: { of: Message }) {
  const { t } = useTranslation()
  return <StatusDot label={t(`message.states.${m.state}`)} tone={tones[m.state]} />
}

/** Why a message stands there; nothing when there is nothing to say. */
export function MessageWhy({ of: m }: { of: Pick<Message, 'why' | 'why_args'> }) {
  const { t } = useTranslation()
  if (!m.why) return null
  const args = { ...m.why_args }
  if (typeof args.channel === 'string') args.channel = t(`message.channels.${args.channel}`)
  return <span className="muted">{sentence(t, m.why, args)}</span>
}
