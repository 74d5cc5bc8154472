import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type FlowArrow, type FlowDefinition, type FlowWay, START } from './flowGraph'
import { conditionText, limitText, seatsText, whoText } from './flowWords'
import { type Text, useText } from './text'

/** The words of a procedure in the language of the page. */
export interface FlowWords {
  say: (text: Text | undefined) => string
  title: (key: string) => string
  /** Who acts in a step, or may begin. */
  who: (key: string) => string
  limit: (key: string) => string
  condition: (when: string) => string
  way: (w: FlowWay) => string
  arrow: (a: FlowArrow) => string
}

/** useFlowWords writes steps, seats, limits and conditions; `post` gives the words of a post. */
export function useFlowWords(def: FlowDefinition, post?: (name: string) => string): FlowWords {
  const { t } = useTranslation()
  const say = useText()
  return useMemo(() => {
    const name = post ?? ((n: string) => n)
    const step = (key: string) => def.steps?.find((s) => s.key === key)
    const condition = (when: string) => conditionText(t, say, def, when)
    const way = (w: FlowWay) => {
      if (w.kind === 'rejected') return t('flow.way.rejected')
      if (w.when) return condition(w.when)
      return w.otherwise ? t('flow.way.otherwise') : ''
    }
    return {
      say,
      condition,
      way,
      arrow: (a) => a.ways.map(way).filter(Boolean).join(t('flow.way.or')),
      title: (key) =>
        key === START
          ? t('flow.start')
          : say(step(key)?.title) || say(def.ends?.find((e) => e.key === key)?.title) || key,
      who: (key) => {
        if (key === START)
          return (
            (def.start.by ?? []).map((w) => whoText(t, say, def, w, name)).join(t('kit.list_comma')) ||
            t('flow.anybody')
          )
        const s = step(key)
        return s ? seatsText(t, say, def, s, name) : ''
      },
      limit: (key) => limitText(t, say, def, key === START ? undefined : step(key)?.deadline),
    }
  }, [def, post, say, t])
}
