import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import type { FlowDefinition } from '@/kit/flowGraph'
import { durationText, limitText, whoText } from '@/kit/flowWords'
import { Fields } from '@/kit/Page'
import { useText } from '@/kit/text'
import { useFlowWords } from '@/kit/useFlowWords'
import { Assumed, Clause } from '@/kit/Why'

interface Props {
  def: FlowDefinition
  post: (name: string) => string
  onClause: (clause: string) => void
}

/** What holds for a procedure as a whole. */
export function ProcedureFacts({ def, post, onClause }: Props) {
  const { t } = useTranslation()
  const text = useText()
  const words = useFlowWords(def, post)
  const people = (list: Schemas['FlowWho'][] | null | undefined) =>
    (list ?? []).map((w) => whoText(t, text, def, w, post)).join(t('kit.list_comma'))
  const items: { label: string; value: ReactNode; wide?: boolean }[] = [
    { label: t('designer.number'), value: <code>{def.number}</code> },
    {
      label: t('designer.start'),
      value: (
        <>
          {words.who('start')} <Clause clause={def.start.clause} onClause={onClause} />
        </>
      ),
    },
  ]
  if (def.start.channels?.length)
    items.push({
      label: t('designer.channels'),
      value: def.start.channels.map((c) => t(`designer.channel.${c}`, { defaultValue: c })).join(t('kit.list_comma')),
    })
  if (def.deadline)
    items.push({
      label: t('designer.deadline'),
      value: (
        <>
          {limitText(t, text, def, def.deadline)} {def.deadline.assumed && <Assumed />}{' '}
          <Clause clause={def.deadline.clause} onClause={onClause} />
        </>
      ),
    })
  for (const a of def.deadline?.alarms ?? []) items.push({ label: alarmLabel(t, a), value: people(a.tell) })
  for (const x of def.extensions ?? [])
    items.push({
      label: t('designer.extension'),
      value: `${text(x.title)} +${durationText(t, x.add)}${x.approve?.length ? ` (${people(x.approve)})` : ''}`,
    })
  for (const x of def.pauses ?? [])
    items.push({
      label: t('designer.pause'),
      value: [text(x.title), x.at_most && t('designer.at_most', { span: durationText(t, x.at_most) })]
        .filter(Boolean)
        .join(' · '),
    })
  if (def.classes?.length)
    items.push({
      label: t('designer.classes'),
      wide: true,
      value: def.classes
        .map((c) => `${text(c.title)}${c.when ? ` (${words.condition(c.when)})` : ''}`)
        .join(t('kit.list_comma')),
    })
  if (def.first?.length)
    items.push({ label: t('designer.first'), value: def.first.map((f) => words.condition(f.when ?? '')).join(' > ') })
  if (def.reopen)
    items.push({
      label: t('designer.reopen'),
      value: [people(def.reopen.by), durationText(t, def.reopen.within), `→ ${words.title(def.reopen.to)}`]
        .filter(Boolean)
        .join(' · '),
    })
  return <Fields items={items} />
}

/** alarmLabel says when people are told. */
export function alarmLabel(t: ReturnType<typeof useTranslation>['t'], a: Schemas['FlowAlarm']): string {
  const span = durationText(t, a.by)
  if (!span) return t('designer.alarm.at')
  return t(a.before ? 'designer.alarm.before' : 'designer.alarm.after', { span })
}
