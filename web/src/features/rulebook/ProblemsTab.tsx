import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { StatusDot, type StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Clause } from '@/kit/Why'
import { PanelSkeleton } from './PanelSkeleton'
import type { TabProps } from './RulebookPage'

type Problem = Schemas['RuleProblem']

const tones: Record<string, StatusTone> = { error: 'bad', warning: 'warn' }
const rank = (p: Problem): number => (p.severity === 'error' ? 0 : p.severity === 'warning' ? 1 : 2)

/** What a check of this version finds here: where, what, and what to do. */
export function ProblemsTab({ book, version, set }: TabProps) {
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/problems', {
    params: { path: { id: book.id, version } },
  })
  return (
    <Panel flush>
      <QueryView query={query} skeleton={<PanelSkeleton />}>
        {({ problems }) => (
          <ProblemList
            problems={problems}
            onPlace={(file, line) => set({ tab: 'files', file, line: String(line) })}
            onClause={(clause) => set({ tab: 'clauses', clause })}
          />
        )}
      </QueryView>
    </Panel>
  )
}

/** Problems, the worst first. */
export function ProblemList(p: {
  problems: Problem[]
  onPlace: (file: string, line: number) => void
  onClause: (c: string) => void
}) {
  const { t } = useTranslation()
  if (p.problems.length === 0)
    return <EmptyState title={t('rulebook.no_problems')} hint={t('rulebook.no_problems_hint')} />
  return (
    <ul className="problems">
      {[...p.problems]
        .sort((a, b) => rank(a) - rank(b) || a.line - b.line)
        .map((x) => (
          <ProblemItem
            key={`${x.file}:${x.line}:${x.column}:${x.code}:${x.message.en}`}
            problem={x}
            onPlace={() => p.onPlace(x.file, x.line)}
            onClause={p.onClause}
          />
        ))}
    </ul>
  )
}

function ProblemItem({
  problem: p,
  onPlace,
  onClause,
}: {
  problem: Problem
  onPlace: () => void
  onClause: (c: string) => void
}) {
  const { t } = useTranslation()
  const text = useText()
  return (
    <li>
      <StatusDot
        label={t(`rulebook.severity.${p.severity}`, { defaultValue: p.severity })}
        tone={tones[p.severity] ?? 'neutral'}
      />
      <div>
        <p className="problem-what">{text(p.message)}</p>
        <p className="muted">{text(p.remedy)}</p>
        <p className="row">
          {p.file && (
            <button type="button" className="text-button num" onClick={onPlace}>
              {p.file}:{p.line}:{p.column}
            </button>
          )}
          <Clause clause={p.clause} onClause={onClause} />
        </p>
      </div>
    </li>
  )
}
