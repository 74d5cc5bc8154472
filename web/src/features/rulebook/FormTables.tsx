import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import type { FlowDefinition } from '@/kit/flowGraph'
import { Panel } from '@/kit/Page'
import { PlainTable } from '@/kit/PlainTable'
import { useText } from '@/kit/text'
import { useFlowWords } from '@/kit/useFlowWords'
import { Clause } from '@/kit/Why'

type Form = Schemas['FlowForm']
type Field = Schemas['FlowField']

/** The forms of a procedure, each as a table of its fields. */
export function FormTables({ def, onClause }: { def: FlowDefinition; onClause: (c: string) => void }) {
  const { t } = useTranslation()
  const text = useText()
  if (!def.forms?.length) return null
  return (
    <Panel title={t('designer.forms')}>
      {def.forms.map((f) => (
        <details key={f.key} className="procedure-fold">
          <summary>
            {text(f.title)} <span className="muted">{t('designer.fields', { count: f.fields?.length ?? 0 })}</span>{' '}
            <Clause clause={f.clause} />
          </summary>
          <FieldTable def={def} form={f} onClause={onClause} />
        </details>
      ))}
    </Panel>
  )
}

/** The fields of a form. */
export function FieldTable({
  def,
  form,
  onClause,
}: {
  def: FlowDefinition
  form: Form
  onClause: (c: string) => void
}) {
  const { t } = useTranslation()
  const text = useText()
  const words = useFlowWords(def)
  const must = (f: Field) => {
    if (f.required) return t('designer.field.required')
    return f.required_when ? t('designer.field.required_when', { when: words.condition(f.required_when) }) : ''
  }
  const more = (f: Field) => {
    const parts = [
      (f.options ?? []).map((o) => text(o.title)).join(' / '),
      (f.fields ?? []).map((c) => text(c.title)).join(' / '),
      f.min && `≥ ${f.min}`,
      f.max && `≤ ${f.max}`,
      f.unit,
      f.many && t('designer.field.many'),
      f.from && t('designer.field.from', { from: f.from }),
    ]
    return parts.filter(Boolean).join(' · ')
  }
  return (
    <PlainTable
      caption={text(form.title)}
      rows={form.fields ?? []}
      rowKey={(f) => f.key}
      columns={[
        { key: 'title', title: t('designer.field.title'), head: true, render: (f) => text(f.title) },
        {
          key: 'type',
          title: t('designer.field.type'),
          render: (f) => t(`designer.type.${f.type}`, { defaultValue: f.type }),
        },
        { key: 'must', title: t('designer.field.must'), render: must },
        { key: 'more', title: t('designer.field.more'), render: more },
        { key: 'clause', title: '', render: (f) => <Clause clause={f.clause} onClause={onClause} /> },
      ]}
    />
  )
}
