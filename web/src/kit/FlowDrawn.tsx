import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FlowPictureProps } from './FlowPicture'
import { fit } from './fit'
import { START } from './flowGraph'
import { FLOW, type FlowBox, type FlowLine, layoutFlow } from './flowLayout'
import type { FlowWords } from './useFlowWords'

const TITLE_ROOM = 13
const LINE_ROOM = 15

/** The picture itself. */
export function FlowDrawn({ words, ...p }: FlowPictureProps & { words: FlowWords }) {
  const { definition: def } = p
  const drawing = useMemo(() => layoutFlow(def, words.arrow), [def, words])
  const steps = drawing.graph.nodes.filter((n) => def.steps?.some((s) => s.key === n))
  return (
    <svg
      className="flow-svg"
      viewBox={`0 0 ${drawing.width} ${drawing.height}`}
      width={drawing.width}
      height={drawing.height}
      role="presentation"
    >
      <defs>
        <marker id="flow-tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path className="flow-tip" d="M0 0L8 4L0 8Z" />
        </marker>
      </defs>
      {drawing.lines.map((l) => (
        <Line key={`${l.arrow.from}>${l.arrow.to}`} line={l} words={words} walked={walked(p, l)} />
      ))}
      {drawing.boxes.map((b) => (
        <Box key={b.key} box={b} number={steps.indexOf(b.key) + 1} words={words} {...p} />
      ))}
    </svg>
  )
}

/** walked: both ends of an arrow have been reached; of several ways the way that was taken cannot be told from the states alone. */
const walked = (p: FlowPictureProps, l: FlowLine): boolean => {
  const state = (key: string) => p.states?.[key]?.state ?? (key === START && p.states ? 'done' : 'ahead')
  return !l.arrow.back && state(l.arrow.from) === 'done' && state(l.arrow.to) !== 'ahead'
}

function Line({ line: l, words, walked }: { line: FlowLine; words: FlowWords; walked: boolean }) {
  const full = words.arrow(l.arrow)
  const rejected = l.arrow.ways.every((w) => w.kind === 'rejected')
  const kind = rejected ? 'flow-line flow-rejected' : 'flow-line'
  return (
    <g className={walked ? `${kind} flow-walked` : kind}>
      <path d={l.path} markerEnd="url(#flow-tip)" />
      {full && (
        <text className="flow-label" x={l.label.x} y={l.label.y} textAnchor={l.label.anchor}>
          <title>{full}</title>
          {fit(full, l.room)}
        </text>
      )}
    </g>
  )
}

interface BoxProps extends FlowPictureProps {
  box: FlowBox
  number: number
  words: FlowWords
}

function Box({ box, ...p }: BoxProps) {
  const step = p.definition.steps?.find((s) => s.key === box.key)
  const end = p.definition.ends?.find((e) => e.key === box.key)
  const kind = step ? '' : end ? (end.good ? ' flow-end flow-good' : ' flow-end') : ' flow-start'
  const members = step?.together ?? []
  return (
    <g transform={`translate(${box.x} ${box.y})`}>
      <Pressed {...p} id={box.key} className={`flow-box${kind}${marks(p, box.key)}`}>
        <rect width={FLOW.width} height={box.height} rx={step ? 6 : 18} />
        <Words {...p} id={box.key} number={step ? p.number : undefined} />
      </Pressed>
      {members.map((m, i) => (
        <g key={m} transform={`translate(6 ${FLOW.head + i * FLOW.member})`}>
          <Pressed {...p} id={m} className={`flow-box flow-member${marks(p, m)}`}>
            <rect width={FLOW.width - 12} height={FLOW.member - 4} rx={5} />
            <Words {...p} id={m} inside />
          </Pressed>
        </g>
      ))}
    </g>
  )
}

function marks(p: FlowPictureProps, key: string): string {
  const state = p.states?.[key]
  const worst = p.findings?.[key]?.some((f) => f.severity === 'error') ? ' flow-wrong' : ''
  const found = worst || (p.findings?.[key]?.length ? ' flow-doubt' : '')
  const late = state?.late ? ' flow-late' : ''
  const current = p.current === key ? ' flow-current' : ''
  return `${state ? ` flow-${state.state}` : ''}${late}${found}${current}`
}

/** A box that can be chosen with the mouse; the keyboard has the list. */
function Pressed(p: {
  id: string
  className: string
  definition: FlowPictureProps['definition']
  onStep?: (key: string) => void
  children: React.ReactNode
}) {
  const { onStep } = p
  const isStep = p.definition.steps?.some((s) => s.key === p.id)
  if (!onStep || !isStep) return <g className={p.className}>{p.children}</g>
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list beside the picture has a button for every step
    <g className={`${p.className} flow-press`} onClick={() => onStep(p.id)}>
      {p.children}
    </g>
  )
}

function Words(p: FlowPictureProps & { id: string; number?: number; inside?: boolean; words: FlowWords }) {
  const { t } = useTranslation()
  const { words, id } = p
  const step = p.definition.steps?.find((s) => s.key === id)
  const state = p.states?.[id]
  const title = `${p.number === undefined ? '' : `${p.number} `}${words.title(id)}`
  const facts = [words.who(id), words.limit(id)].filter(Boolean).join(' · ')
  const below = state?.note || facts
  const skip = step?.skip ? t('flow.skippable') : ''
  const found = p.findings?.[id]?.length ?? 0
  const composite = (step?.together?.length ?? 0) > 0
  const y = p.inside ? 17 : composite ? 21 : below ? 24 : 34
  return (
    <>
      <title>
        {[words.title(id), facts, step?.skip && t('flow.skip', { when: words.condition(step.skip) }), state?.note]
          .filter(Boolean)
          .join('\n')}
      </title>
      <text className="flow-title" x={12} y={y}>
        {fit(title, TITLE_ROOM - (found ? 1.5 : 0) - (skip ? 3 : 0))}
      </text>
      {skip && (
        <text className="flow-skip" x={FLOW.width - 12 - (found ? 20 : 0)} y={y} textAnchor="end">
          {skip}
        </text>
      )}
      {found > 0 && <circle className="flow-found" cx={FLOW.width - 18} cy={y - 5} r={5} />}
      {below && !composite && (
        <text className="flow-facts" x={12} y={p.inside ? 33 : 44}>
          {fit(below, LINE_ROOM)}
        </text>
      )}
    </>
  )
}
