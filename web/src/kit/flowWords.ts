import type { TFunction } from 'i18next'
import type { Schemas } from '@/api/client'
import { type FlowDefinition, type FlowStep, START } from './flowGraph'
import type { Text } from './text'

type Say = (text: Text | undefined) => string
type Field = Schemas['FlowField']

/** durationText writes a number of days, working days or hours. */
export function durationText(t: TFunction, d: Schemas['FlowDuration'] | undefined): string {
  if (d?.working) return t('flow.span.working', { count: d.working })
  if (d?.hours) return t('flow.span.hours', { count: d.hours })
  return d?.days ? t('flow.span.days', { count: d.days }) : ''
}

/** formOf is the form that a step's answers belong to; the start has one too. */
export function formOf(def: FlowDefinition, step: string): Schemas['FlowForm'] | undefined {
  const key = step === START ? def.start.form : def.steps?.find((s) => s.key === step)?.form
  return (def.forms ?? []).find((f) => f.key === key)
}

function fieldOf(def: FlowDefinition, ref: string): Field | undefined {
  const [step = '', key] = ref.split('.')
  return formOf(def, step)?.fields?.find((f) => f.key === key)
}

/** limitText writes a limit: a period, a day that the start form names, or whichever of the two comes sooner. */
export function limitText(t: TFunction, say: Say, def: FlowDefinition, d: Schemas['FlowDeadline'] | undefined): string {
  const span = durationText(t, d?.within)
  if (!d?.on) return span
  const day = t('flow.span.on', { field: say(fieldOf(def, d.on)?.title) || d.on })
  return span ? t('flow.span.sooner', { day, span }) : day
}

/** whoText says who acts: the post, a person of the case, or the authority matrix. `post` gives the words of a post. */
export function whoText(
  t: TFunction,
  say: Say,
  def: FlowDefinition,
  w: Schemas['FlowWho'],
  post: (name: string) => string,
): string {
  if (w.authority) {
    const posts = [...new Set((w.authority.rows ?? []).map((r) => post(r.post)))]
    return t('flow.who.authority', { posts: posts.join(' / ') })
  }
  if (w.actor) return t('flow.who.actor', { step: say(def.steps?.find((s) => s.key === w.actor)?.title) || w.actor })
  if (w.field) return t('flow.who.field', { field: say(fieldOf(def, w.field)?.title) || w.field })
  const name = w.post === 'owner' || w.post === 'starter' ? t(`flow.who.${w.post}`) : post(w.post ?? '')
  return w.each ? t('flow.who.each', { post: name }) : name
}

/** seatsText lists who acts in a step, in the order in which they do. */
export function seatsText(
  t: TFunction,
  say: Say,
  def: FlowDefinition,
  s: FlowStep,
  post: (name: string) => string,
): string {
  const names = (s.seats ?? []).map((w) => whoText(t, say, def, w, post))
  if (s.need === 'in_order') return names.join(' → ')
  const list = names.join(t('kit.list_comma'))
  if (names.length < 2 && !s.seats?.some((w) => w.each)) return list
  if (s.need === 'any') return t('flow.need.any', { list })
  return s.need === 'quorum' ? t('flow.need.quorum', { list, count: s.quorum ?? 1 }) : list
}

const TOKEN = /"([^"]*)"|'([^']*)'|([A-Za-z_][\w.]*)|(&&|\|\||[=!<>]=|[<>!])|(\S)/g

/** conditionText writes a condition in the words of the forms: grounds.holds == "customer" becomes 理由是否成立 = 客户理由不成立. */
export function conditionText(t: TFunction, say: Say, def: FlowDefinition, when: string): string {
  let field: Field | undefined
  const out: string[] = []
  for (const [, double, single, name, sign, other] of when.matchAll(TOKEN)) {
    const value = double ?? single
    if (value !== undefined) out.push(valueText(t, say, def, field, out, value))
    else if (name) {
      field = fieldOf(def, name) ?? field
      out.push(nameText(t, say, def, name))
    } else if (sign) out.push(signText(t, sign))
    else out.push(other ?? '')
  }
  return out.join(' ').replace(/\( /g, '(').replace(/ \)/g, ')').replace(/ ,/g, ',')
}

function valueText(
  t: TFunction,
  say: Say,
  def: FlowDefinition,
  field: Field | undefined,
  out: string[],
  value: string,
) {
  if (out.includes(t('flow.name.class'))) {
    const known = def.classes?.find((c) => c.key === value)
    if (known) return say(known.title)
  }
  const option = field?.options?.find((o) => o.key === value)
  return say(option?.title) || value
}

const caseNames = ['class', 'channel', 'kind', 'received', 'end', 'visits']
const customerNames = ['grade', 'name', 'type', 'region', 'industry']

function nameText(t: TFunction, say: Say, def: FlowDefinition, name: string): string {
  if (name === 'true' || name === 'false') return t(`flow.${name}`)
  if (name === 'in') return t('flow.in')
  const [head, key = ''] = name.split('.')
  if (head === 'case' && caseNames.includes(key)) return t(`flow.name.${key}`)
  if (head === 'customer' && customerNames.includes(key)) return t(`flow.customer.${key}`)
  if (key === 'decision') return say(def.steps?.find((s) => s.key === head)?.title) || name
  return say(fieldOf(def, name)?.title) || name
}

const signs: Record<string, string> = { '==': '=', '!=': '≠', '>=': '≥', '<=': '≤' }

function signText(t: TFunction, sign: string): string {
  if (sign === '&&') return t('flow.and')
  if (sign === '||') return t('flow.or')
  if (sign === '!') return t('flow.not')
  return signs[sign] ?? sign
}
