import type { Schemas } from '@/api/client'
import type { Value } from './yaml'
import { flow, quoted } from './yamlWrite'

type Explained = Schemas['GradingExplained']

/** caseOf writes a worked example from a stored verdict: what was measured and judged, and what came out. */
export function caseOf(e: Explained, kind: string, names: { zh: string; en: string }): string {
  const inputs = e.explanation.inputs ?? []
  const measures: Record<string, Value> = {}
  const judged: Record<string, Value> = {}
  const segments: string[] = []
  for (const i of inputs) {
    if (i.unit === 'segment') {
      if (i.value === 'yes') segments.push(i.measure.slice(i.measure.indexOf(':') + 1))
    } else if (i.judged) judged[i.measure] = i.value
    else if (i.value !== '' && !i.missing) measures[i.measure] = i.unit === '%' ? `${i.value}%` : i.value
  }
  const lines = [
    `- case: {zh: ${quoted(names.zh)}, en: ${quoted(names.en)}}`,
    `  as_of: ${e.as_of}`,
    `  customer: ${flow(segments.length > 0 ? { kind, in_segment: segments } : { kind })}`,
  ]
  if (Object.keys(measures).length > 0) lines.push(`  measures: ${flow(measures)}`)
  if (Object.keys(judged).length > 0) lines.push(`  judged: ${flow(judged)}`)
  const grade = e.explanation.grade?.code
  lines.push(`  expect: ${flow(grade ? { grade } : { reason: e.explanation.reason?.code ?? 'no_data' })}`)
  return `${lines.join('\n')}\n`
}
