import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FlowDrawn } from './FlowDrawn'
import { FlowList } from './FlowList'
import type { FlowDefinition } from './flowGraph'
import { graphOf } from './flowGraph'
import { useFlowWords } from './useFlowWords'
import { useMobile } from './useMobile'
import './flow.css'

/** How a step stands in a case, or on the way of a dry run. */
export interface FlowMark {
  state: 'done' | 'open' | 'ahead'
  /** Who and when, in a few words. */
  note?: string
  /** Its limit has passed. */
  late?: boolean
  decision?: '' | 'agree' | 'reject'
}

/** Something that is wrong with a step. */
export interface FlowFinding {
  severity: 'error' | 'warning'
  text: string
}

export interface FlowPictureProps {
  definition: FlowDefinition
  /** The words of a post; without it its name in the rulebook. */
  post?: (name: string) => string
  /** By step, by end, and `start`. */
  states?: Record<string, FlowMark>
  /** By step. */
  findings?: Record<string, FlowFinding[]>
  /** Chooses a step. */
  onStep?: (key: string) => void
  current?: string
  /** The list of steps in words is elsewhere on the page; the phone shows it all the same. */
  bare?: boolean
}

/**
 * A procedure as a picture: boxes from the start to the ends, labelled arrows between them, and beside it the same as a
 * numbered list for the keyboard and for people who cannot see it. The phone has the list alone. Its words are `flow`.
 */
export default function FlowPicture(p: FlowPictureProps) {
  const { t } = useTranslation()
  const mobile = useMobile()
  const words = useFlowWords(p.definition, p.post)
  const graph = useMemo(() => graphOf(p.definition), [p.definition])
  return (
    <div className="flow">
      <div className={p.bare || mobile ? undefined : 'flow-sides'}>
        {!mobile && (
          <figure className="flow-figure" aria-label={t('flow.picture', { name: words.say(p.definition.title) })}>
            <FlowDrawn {...p} words={words} />
          </figure>
        )}
        {(mobile || !p.bare) && <FlowList {...p} graph={graph} words={words} />}
      </div>
    </div>
  )
}
