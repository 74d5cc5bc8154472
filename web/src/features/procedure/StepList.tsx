import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { StatusDot } from '@/kit/StatusDot'
import { useFlowWords } from '@/kit/useFlowWords'
import { type Definition, usePostNames } from './data'
import { useMoment } from './words'

type StepState = Schemas['ProcedureStepView']

interface Props {
  definition: Definition
  states?: StepState[]
}

/** The steps of a procedure in order, each with who acts and within which time; of a running case also what became of it. */
export function StepList({ definition: d, states }: Props) {
  const { t } = useTranslation()
  const posts = usePostNames()
  const words = useFlowWords(d, (name) => posts[name] ?? name)
  const { moment } = useMoment()
  return (
    <ol className="steps">
      {(d.steps ?? []).map((s) => {
        const state = states?.find((x) => x.key === s.key)
        const limit = words.limit(s.key)
        return (
          <li
            key={s.key}
            className={`step step-${state?.state ?? 'ahead'}`}
            aria-current={state?.state === 'open' ? 'step' : undefined}
          >
            <div className="card-row">
              <b>{words.title(s.key)}</b>
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
                {[words.who(s.key), limit && t('procedure.step.within', { span: limit })].filter(Boolean).join(' · ')}
              </div>
            )}
          </li>
        )
      })}
    </ol>
  )
}
