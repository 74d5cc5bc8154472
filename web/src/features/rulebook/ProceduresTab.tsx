import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { Choice } from '@/kit/Choice'
import { EmptyState } from '@/kit/EmptyState'
import FlowPicture, { type FlowMark } from '@/kit/FlowPicture'
import type { FlowDefinition } from '@/kit/flowGraph'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { useText } from '@/kit/text'
import { DryRunPanel } from './DryRunPanel'
import { type Answer, type Walk, walk } from './dryRun'
import { FormTables } from './FormTables'
import { PanelSkeleton } from './PanelSkeleton'
import { ProblemList } from './ProblemsTab'
import { ProcedureFacts } from './ProcedureFacts'
import type { TabProps } from './RulebookPage'
import { StepPanel } from './StepPanel'
import { findingsOf, placesOf } from './stepFindings'
import './procedures.css'

type Problem = Schemas['RuleProblem']

/** The procedures of a version: each as a diagram with what is wrong at its step, a dry run, and its forms. */
export default function ProceduresTab(p: TabProps) {
  const { t } = useTranslation()
  const path = { params: { path: { id: p.book.id, version: p.version } } }
  const query = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/procedures', path)
  const problems = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/problems', path)
  const files = api.useQuery('get', '/api/v1/rulebooks/{id}/versions/{version}/files', path)
  return (
    <QueryView
      query={query}
      skeleton={
        <Panel>
          <PanelSkeleton />
        </Panel>
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <Panel>
            <EmptyState
              title={t('designer.none')}
              hint={t(p.book.errors > 0 ? 'designer.none_errors' : 'designer.none_hint')}
            />
          </Panel>
        ) : (
          <Chosen
            {...p}
            items={items}
            problems={problems.data?.problems ?? []}
            source={files.data?.files['rulebook.yaml'] ?? ''}
          />
        )
      }
    </QueryView>
  )
}

interface ChosenProps extends TabProps {
  items: FlowDefinition[]
  problems: Problem[]
  source: string
}

function Chosen(p: ChosenProps) {
  const { t } = useTranslation()
  const text = useText()
  const chosen = p.items.find((d) => d.key === p.search.procedure) ?? p.items[0]
  if (!chosen) return null
  return (
    <div className="stack">
      {p.items.length > 1 && (
        <TabBar
          label={t('designer.procedures')}
          tabs={p.items.map((d) => ({ key: d.key, label: text(d.title) }))}
          current={chosen.key}
          onChoose={(procedure) => p.set({ procedure })}
        />
      )}
      <Procedure key={`${p.version}/${chosen.key}`} {...p} def={chosen} />
    </div>
  )
}

function Procedure(p: ChosenProps & { def: FlowDefinition }) {
  const { t } = useTranslation()
  const text = useText()
  const { def } = p
  const [step, setStep] = useState<string>()
  const [mode, setMode] = useState<'read' | 'run'>('read')
  const [answers, setAnswers] = useState<Answer[]>([])
  const post = usePostName(p.book)
  const places = useMemo(() => placesOf(p.source, def, p.problems), [p.source, def, p.problems])
  const findings = useMemo(() => findingsOf(places, text), [places, text])
  const run = useMemo(() => (mode === 'run' ? walk(def, answers) : undefined), [mode, def, answers])
  const onLine = (line: number) => p.set({ tab: 'files', file: 'rulebook.yaml', line: String(line) })
  const onClause = (clause: string) => p.set({ tab: 'clauses', clause })
  const chosen = def.steps?.find((s) => s.key === step)
  return (
    <>
      <Panel
        title={text(def.title)}
        extra={
          <Choice
            label={t('designer.mode')}
            value={mode}
            onChange={setMode}
            options={[
              { value: 'read', label: t('designer.read') },
              { value: 'run', label: t('designer.run') },
            ]}
          />
        }
      >
        {mode === 'read' && <ProcedureFacts def={def} post={post} onClause={onClause} />}
        {run && <DryRunPanel def={def} post={post} walk={run} answers={answers} onAnswers={setAnswers} />}
      </Panel>
      {chosen && mode === 'read' && (
        <StepPanel
          def={def}
          step={chosen}
          post={post}
          problems={places.byStep[chosen.key] ?? []}
          line={places.steps[chosen.key]}
          onLine={onLine}
          onClause={onClause}
          onClose={() => setStep(undefined)}
        />
      )}
      <Panel>
        <FlowPicture
          definition={def}
          post={post}
          states={run && statesOf(run)}
          findings={findings}
          current={mode === 'read' ? step : undefined}
          onStep={mode === 'read' ? (key) => setStep(key === step ? undefined : key) : undefined}
        />
      </Panel>
      {places.rest.length > 0 && (
        <Panel title={t('designer.rest')} flush>
          <ProblemList problems={places.rest} onPlace={(_, line) => onLine(line)} onClause={onClause} />
        </Panel>
      )}
      <FormTables def={def} onClause={onClause} />
    </>
  )
}

/** usePostName gives the words of a post of the rulebook. */
function usePostName(book: TabProps['book']): (name: string) => string {
  const text = useText()
  return useMemo(() => {
    const words = new Map(book.roles.map((r) => [r.name, text(r.title)]))
    return (name: string) => words.get(name.replace(/_or_above$/, '')) || name
  }, [book.roles, text])
}

/** What a dry run has passed, in the words of a case. */
function statesOf(w: Walk): Record<string, FlowMark> {
  const states: Record<string, FlowMark> = { start: { state: 'done' } }
  for (const v of w.visits) states[v.step] = { state: v.skipped ? 'ahead' : 'done' }
  if (w.question) states[w.question.step] = { state: 'open' }
  if (w.end) states[w.end] = { state: 'done' }
  return states
}
