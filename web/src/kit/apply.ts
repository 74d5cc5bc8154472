import type { Schemas } from '@/api/client'

type Proposal = Schemas['GradingGradeProposalView']

/** applyLink is the way to the form that applies for a better grade, with what is known filled in. */
export function applyLink(p: Proposal, text: (t: Proposal['title']) => string): `/cases${string}` {
  const fill = encodeURIComponent(JSON.stringify({ wanted: text(p.title), score: p.score }))
  return `/cases?start=${p.rulebook}/${p.procedure}&customer=${p.customer_id}&fill=${fill}`
}
