import { useTranslation } from 'react-i18next'
import type { FlowPictureProps } from './FlowPicture'
import { type FlowArrow, type FlowGraph, type FlowStep, START } from './flowGraph'
import { StatusDot, type StatusTone } from './StatusDot'
import type { FlowWords } from './useFlowWords'
import { Clause } from './Why'

interface Props extends FlowPictureProps {
  graph: FlowGraph
  words: FlowWords
}

/** The steps in reading order, each with who acts, its limit and where it leads. */
export function FlowList(p: Props) {
  const { t } = useTranslation()
  const steps = p.graph.nodes.filter((n) => p.definition.steps?.some((s) => s.key === n))
  return (
    <ol className="flow-list" aria-label={t('flow.list', { name: p.words.say(p.definition.title) })}>
      {steps.map((key) => (
        <Item key={key} {...p} id={key} />
      ))}
      {(p.definition.ends ?? []).map((e) => (
        <li key={e.key} className={`flow-item flow-item-end${stateClass(p, e.key)}`}>
          <div className="flow-item-head">
            <span>{p.words.title(e.key)}</span>
            <StatusDot label={t(e.good ? 'flow.end.good' : 'flow.end.other')} tone={e.good ? 'ok' : 'neutral'} />
            <Clause clause={e.clause ?? ''} />
          </div>
        </li>
      ))}
    </ol>
  )
}

const stateClass = (p: Props, key: string): string => {
  const state = p.states?.[key]?.state
  return state ? ` flow-item-${state}` : ''
}

function Item(p: Props & { id: string }) {
  const { t } = useTranslation()
  const { words, id } = p
  const step = p.definition.steps?.find((s) => s.key === id)
  const state = p.states?.[id]
  const away = p.graph.arrows.filter((a) => a.from === id)
  return (
    <li
      className={`flow-item${stateClass(p, id)}${p.current === id ? ' flow-item-current' : ''}`}
      aria-current={state?.state === 'open' ? 'step' : undefined}
    >
      <div className="flow-item-head">
        {p.onStep ? (
          <button
            type="button"
            className="text-button flow-name"
            aria-pressed={p.current === id}
            onClick={() => p.onStep?.(id)}
          >
            {words.title(id)}
          </button>
        ) : (
          <b>{words.title(id)}</b>
        )}
        <State state={state} />
        <Clause clause={step?.clause ?? ''} />
      </div>
      <div className="muted">{state?.note || [words.who(id), words.limit(id)].filter(Boolean).join(' · ')}</div>
      {step?.skip && <div className="muted">{t('flow.skip', { when: words.condition(step.skip) })}</div>}
      <Members {...p} step={step} />
      {away.length > 0 && <Ways away={away} words={words} />}
      {(p.findings?.[id] ?? []).map((f) => (
        <p key={f.text} className={f.severity === 'error' ? 'flow-finding flow-finding-error' : 'flow-finding'}>
          {f.text}
        </p>
      ))}
    </li>
  )
}

function State({ state }: { state: NonNullable<FlowPictureProps['states']>[string] | undefined }) {
  const { t } = useTranslation()
  if (!state || state.state === 'ahead') return null
  const tone: StatusTone = state.late || state.decision === 'reject' ? 'bad' : state.state === 'open' ? 'active' : 'ok'
  return (
    <StatusDot
      tone={tone}
      label={t(`flow.state.${state.state === 'done' && state.decision ? state.decision : state.state}`)}
    />
  )
}

/** The steps that are open at once. */
function Members(p: Props & { step: FlowStep | undefined }) {
  const list = p.step?.together ?? []
  if (list.length === 0) return null
  return (
    <ul className="flow-members">
      {list.map((m) => (
        <Item key={m} {...p} id={m} />
      ))}
    </ul>
  )
}

/** Where a step leads; a plain way to the next box needs no words. */
function Ways({ away, words }: { away: FlowArrow[]; words: FlowWords }) {
  const { t } = useTranslation()
  return (
    <ul className="flow-ways">
      {away.flatMap((a) =>
        a.ways.map((w) => (
          <li key={`${w.kind}${w.to}${w.when ?? ''}`}>
            {words.way(w) && `${words.way(w)} `}
            <span aria-hidden="true">→ </span>
            <span className="offscreen">{t('flow.way.to')}</span>
            {words.title(w.to === START ? START : w.to)}
            {w.clause && <Clause clause={w.clause} />}
          </li>
        )),
      )}
    </ul>
  )
}
