import type { paths } from '@/api/schema'
import { type Filter, parseFilters } from '@/kit/filters'
import type { KnowledgeSearch, KnowledgeTab } from './routes'

type Query = NonNullable<paths['/api/v1/articles']['get']['parameters']['query']>

const ofTab: Record<KnowledgeTab, Query> = {
  published: { state: ['published'] },
  draft: { state: ['draft'] },
  review: { review: 'due' },
  mine: { keeper: ['me'] },
  every: {},
}

/** articleQuery turns tab, search and conditions into the query of the API. */
export function articleQuery(tab: KnowledgeTab, search: KnowledgeSearch): Query {
  const order = search.sort ?? (tab === 'review' ? 'review' : undefined)
  const q: Query = { ...ofTab[tab], q: search.q || undefined, sort: order as Query['sort'] }
  for (const f of parseFilters(search.filter)) apply(q, f)
  return q
}

function apply(q: Query, f: Filter): void {
  const values = f.values.filter((v) => v !== '')
  if (values.length === 0) return
  if (f.field === 'tag') q.tag = values
  if (f.field === 'audience') q.audience = values
  if (f.field === 'keeper') q.keeper = values
  if (f.field === 'state') q.state = values
  if (f.field === 'lacks') q.lacks = values[0] as Query['lacks']
}
