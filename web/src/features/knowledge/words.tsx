import { useTranslation } from 'react-i18next'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import type { Item } from './data'

const tones: Record<Item['state'], StatusTone> = { draft: 'neutral', published: 'ok', withdrawn: 'neutral' }

/** How far an article has come, and what it waits for. */
export function ArticleState({ of: a }: { of: Item }) {
  const { t } = useTranslation()
  if (a.review_due) return <StatusDot label={t('knowledge.overdue')} tone="bad" />
  if (a.revised) return <StatusDot label={t('knowledge.revised')} tone="active" />
  return <StatusDot label={t(`knowledge.states.${a.state}`)} tone={tones[a.state]} />
}

export function Tags({ of }: { of: string[] }) {
  if (of.length === 0) return null
  return (
    <span className="article-tags">
      {of.map((x) => (
        <span key={x}>{x}</span>
      ))}
    </span>
  )
}
