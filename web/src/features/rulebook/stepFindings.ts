import type { Schemas } from '@/api/client'
import type { FlowFinding } from '@/kit/FlowPicture'
import type { FlowDefinition } from '@/kit/flowGraph'
import { keysAt, lineAt, readYaml, type Yaml } from './editor/yaml'

type Problem = Schemas['RuleProblem']

export interface Places {
  /** Line on which a step begins. */
  steps: Record<string, number>
  /** Problems within a step. */
  byStep: Record<string, Problem[]>
  /** Problems of the procedure that belong to no step. */
  rest: Problem[]
}

/** placesOf finds for each problem the step in which it stands, by its line in rulebook.yaml. */
export function placesOf(source: string, def: FlowDefinition, problems: Problem[]): Places {
  const y = readYaml(source)
  const at = ['procedures', def.key]
  const starts = keysAt(y, [...at, 'steps']).map((key) => ({ key, line: lineAt(y, [...at, 'steps', key]) }))
  const [from, to] = [lineAt(y, at), endOf(y, def.key)]
  const stepsEnd = nextLine(y, def.key, to)
  const out: Places = { steps: Object.fromEntries(starts.map((s) => [s.key, s.line])), byStep: {}, rest: [] }
  for (const p of problems) {
    if (p.file !== 'rulebook.yaml' || p.line < from || p.line >= to) continue
    const step = p.line < stepsEnd ? starts.filter((s) => s.line <= p.line).at(-1) : undefined
    if (!step) out.rest.push(p)
    else out.byStep[step.key] = [...(out.byStep[step.key] ?? []), p]
  }
  return out
}

/** Where the next procedure, or the next section, begins. */
function endOf(y: Yaml, key: string): number {
  const procedures = keysAt(y, ['procedures'])
  const next = procedures[procedures.indexOf(key) + 1]
  if (next) return lineAt(y, ['procedures', next])
  const sections = keysAt(y, [])
  const after = sections[sections.indexOf('procedures') + 1]
  return after ? lineAt(y, [after]) : Number.POSITIVE_INFINITY
}

/** Where what follows the steps of a procedure begins. */
function nextLine(y: Yaml, key: string, end: number): number {
  const keys = keysAt(y, ['procedures', key])
  const after = keys[keys.indexOf('steps') + 1]
  return after ? lineAt(y, ['procedures', key, after]) : end
}

/** findingsOf turns problems into what the picture shows. */
export function findingsOf(places: Places, say: (text: Schemas['RuleText']) => string): Record<string, FlowFinding[]> {
  return Object.fromEntries(
    Object.entries(places.byStep).map(([step, list]) => [
      step,
      list.map((p) => ({
        severity: p.severity === 'error' ? ('error' as const) : ('warning' as const),
        text: say(p.message),
      })),
    ]),
  )
}
