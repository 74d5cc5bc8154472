import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { type Definition, usePostNames } from './data'
import { useMoment } from './words'

type StepState = Schemas['ProcedureStepView']
type Duration = Schemas['FlowDuration']
type Who = Schemas['FlowWho']

/** useSpan writes a length of time in words. */
export function useSpan(): (d: Duration | undefined) => string {
  const { t } = useTranslation()
  return (d) => {
    if (d?.working) return t('procedure.span.working', { count: d.working })
    if (d?.hours) return t('procedure.span.hours', { count: d.hours })
    return d?.days ? t('procedure.span.days', { count: d.days }) : ''
  }
}

/** useWho says who acts, in the words at hand. `names` are the words of posts. */
export function useWho(names: Record<string, string> = {}): (w: Who) => string {
  const { t } = useTranslation()
  return (w) => {
    if (w.post === 'owner' || w.post === 'starter') return t(`procedure.who.${w.post}`)
    if (w.authority) return t('procedure.who.authority')
    if (w.actor) return t('procedure.who.actor')
    if (w.field) return t('procedure.who.field')
    return names[w.post ?? ''] ?? w.post ?? ''
  }
}

interface Props {
  definition: Definition
  states?: StepState[]
}

/** The steps of a procedure in order, each with who acts and within which time; of a running case also what became of it. */
export function StepList({ definition: d, states }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const span = useSpan()
  const who = useWho(usePostNames())
  const { moment } = useMoment()
  return (
    <ol className="steps">
      {(d.steps ?? []).map((s) => {
        const state = states?.find((x) => x.key === s.key)
        const limit = span(s.deadline?.within)
        const seats = (s.seats ?? []).map(who).join(s.need === 'in_order' ? ' → ' : '、')
        return (
          <li
            key={s.key}
            className={`step step-${state?.state ?? 'ahead'}`}
            aria-current={state?.state === 'open' ? 'step' : undefined}
          >
            <div className="card-row">
              <b>{text(s.title)}</b>
              {state && state.state !== 'ahead' && (
                <StatusDot
                  tone={state.state === 'open' ? 'active' : state.decision === 'reject' ? 'bad' : 'ok'}
                  label={
                    state.state === 'open' ? t('procedure.step.open') : t(`procedure.step.${state.decision || 'done'}`)
                  }
                />
              )}
            </div>
            {state && state.by.length > 0 ? (
              state.by.map((b) => (
                <div key={`${b.at}${b.person.id}`} className="muted">
                  {b.person.name}
                  {b.for.name && ` (${t('procedure.inbox.for', { name: b.for.name })})`} · {moment(b.at)}
                  {b.reason && <q className="said">{b.reason}</q>}
                </div>
              ))
            ) : (
              <div className="muted">
                {[seats, limit && t('procedure.step.within', { span: limit })].filter(Boolean).join(' · ')}
              </div>
            )}
          </li>
        )
      })}
    </ol>
  )
}
