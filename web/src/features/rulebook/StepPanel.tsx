import { Button } from 'antd'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import type { FlowDefinition, FlowStep } from '@/kit/flowGraph'
import { formOf, limitText, whoText } from '@/kit/flowWords'
import { Fields, Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { useFlowWords } from '@/kit/useFlowWords'
import { Assumed, Clause } from '@/kit/Why'
import { FieldTable } from './FormTables'
import { ProblemList } from './ProblemsTab'
import { alarmLabel } from './ProcedureFacts'

interface Props {
  def: FlowDefinition
  step: FlowStep
  post: (name: string) => string
  problems: Schemas['RuleProblem'][]
  line?: number
  onLine: (line: number) => void
  onClause: (clause: string) => void
  onClose: () => void
}

/** One step: who acts, its limit with alarms, its form, what is wrong with it. */
export function StepPanel(p: Props) {
  const { t } = useTranslation()
  const text = useText()
  const { def, step } = p
  const ref = useRef<HTMLDivElement>(null)
  // The step may have been chosen far below.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is shown anew.
  useEffect(() => ref.current?.scrollIntoView({ block: 'nearest' }), [step.key])
  const words = useFlowWords(def, p.post)
  const people = (list: Schemas['FlowWho'][] | null | undefined) =>
    (list ?? []).map((w) => whoText(t, text, def, w, p.post)).join(t('kit.list_comma'))
  const near = step.seats?.find((w) => w.near)?.near
  const items: { label: string; value: ReactNode }[] = [
    { label: t('designer.step.do'), value: step.do && t(`designer.do.${step.do}`, { defaultValue: step.do }) },
    { label: t('designer.step.who'), value: words.who(step.key) },
    {
      label: t('designer.step.limit'),
      value: step.deadline && (
        <>
          {limitText(t, text, def, step.deadline)} {step.deadline.assumed && <Assumed />}
        </>
      ),
    },
  ]
  if (near)
    items.push({
      label: t('designer.step.near'),
      value: t(`designer.near.${near.includes('.') ? 'field' : near}`, { defaultValue: near }),
    })
  for (const a of step.deadline?.alarms ?? []) items.push({ label: alarmLabel(t, a), value: people(a.tell) })
  if (step.skip) items.push({ label: t('designer.step.skip'), value: words.condition(step.skip) })
  const form = formOf(def, step.key)
  return (
    <div ref={ref}>
      <Panel
        title={text(step.title)}
        extra={
          <span className="row">
            <Clause clause={step.clause} onClause={p.onClause} />
            {p.line !== undefined && (
              <button type="button" className="text-button num" onClick={() => p.onLine(p.line ?? 1)}>
                {t('rulebook.line', { line: p.line })}
              </button>
            )}
            <Button
              type="text"
              size="small"
              icon={<X size={16} />}
              aria-label={t('designer.close')}
              onClick={p.onClose}
            />
          </span>
        }
      >
        <Fields items={items} />
        {p.problems.length > 0 && (
          <ProblemList problems={p.problems} onPlace={(_, line) => p.onLine(line)} onClause={p.onClause} />
        )}
        <Matrices def={def} step={step} post={p.post} onClause={p.onClause} />
        {form && (
          <>
            <h3 className="procedure-form">{t('designer.step.form', { form: text(form.title) })}</h3>
            <FieldTable def={def} form={form} onClause={p.onClause} />
          </>
        )}
      </Panel>
    </div>
  )
}

/** Who decides up to which amount. */
function Matrices(p: {
  def: FlowDefinition
  step: FlowStep
  post: (n: string) => string
  onClause: (c: string) => void
}) {
  const { t } = useTranslation()
  const list = (p.step.seats ?? []).flatMap((w) => (w.authority ? [w.authority] : []))
  return list.map((a) => (
    <PlainTable
      key={a.key}
      caption={t('designer.authority.title')}
      rows={(a.rows ?? []).map((r, i) => ({ ...r, place: String(i) }))}
      rowKey={(r) => r.place}
      columns={[
        {
          key: 'up_to',
          title: t('designer.authority.up_to'),
          num: true,
          render: (r) => r.up_to || t('designer.authority.any'),
        },
        { key: 'grades', title: t('designer.authority.grades'), render: (r) => (r.grades ?? []).join(' ') || '—' },
        { key: 'post', title: t('designer.authority.post'), head: true, render: (r) => p.post(r.post) },
        { key: 'clause', title: '', render: (r) => <Clause clause={r.clause} onClause={p.onClause} /> },
      ]}
    />
  ))
}
