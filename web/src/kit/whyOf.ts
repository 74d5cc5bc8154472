import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { decimal, sign } from './format'
import { toneOf } from './grades'
import { type Text, textIn } from './text'
import type { WhyStep, WhyVerdict } from './Why'

type Explained = Schemas['GradingExplained']
type Way = Schemas['RuleWay']

/** valueText writes a value of an explanation with its unit: a currency code, `%`, day, count, point or a word of the rulebook. */
export function valueText(t: TFunction, value: string, unit = ''): string {
  if (value === '') return ''
  if (unit === 'segment') return t(value === 'yes' ? 'kit.unit.member' : 'kit.unit.outside')
  const n = decimal(value)
  if (/^[A-Z]{3}$/.test(unit)) return `${sign(unit)}${n}`
  if (unit === '%') return `${n}%`
  if (unit === 'day' || unit === 'point') return t(`kit.unit.${unit}`, { n })
  return unit === '' || unit === 'count' ? n : `${n} ${unit}`
}

/** What stands in for a value that is missing, and how it was counted. */
function missingText(t: TFunction, treatment: string | undefined): string {
  return treatment === 'neutral' || treatment === 'worst' || treatment === 'value'
    ? t(`why.missing_${treatment}`)
    : t('why.no_data')
}

/** filledOf is the share of the possible points in whole percent, for the bar; undefined without a range. */
export function filledOf(points: string, max: string): number | undefined {
  const top = Number(max)
  return top > 0 ? Math.round(Math.min(1, Math.max(0, Number(points) / top)) * 100) : undefined
}

/** notesOf says which customers a measure compared or added up, and how many amounts were converted. */
function notesOf(t: TFunction, input: Schemas['RuleExplainedInput']): string[] | undefined {
  const notes: string[] = []
  const g = input.group
  if (g?.relations) notes.push(t(g.name ? 'why.connected' : 'why.alone', { n: g.customers }))
  else if (g?.name) notes.push(t('why.within', { name: g.name, n: g.customers }))
  if (input.converted) notes.push(t('why.converted', { n: input.converted }))
  for (const r of input.rates ?? []) notes.push(t('why.rate', { currency: r.currency, date: r.from, rate: r.rate }))
  if (input.rates_more) notes.push(t('why.rates_more', { n: input.rates_more }))
  return notes.length > 0 ? notes : undefined
}

type Say = (text: Text | undefined) => string

/** What was decided about a grade, by whom and until when. */
function overrideOf(
  d: NonNullable<Explained['explanation']['decided']>,
  say: Say,
  t: TFunction,
): WhyVerdict['override'] {
  return {
    from: d.without || t('kit.grade.none'),
    by: [d.by, say(d.title)].filter(Boolean).join(' · '),
    on: d.on,
    reason: d.reason,
    until: d.until,
    basis: d.basis && { rulebook: d.basis.rulebook, clause: d.basis.number },
  }
}

/** What a better grade that the data reach still needs. */
function proposedOf(p: Explained['explanation']['proposed'], say: Say, t: TFunction): WhyVerdict['proposed'] {
  return p && { text: t('why.proposed', { grade: say(p.title) }), clause: p.clause }
}

/** whyOf turns a stored verdict of the API into what Why shows; `title` is the rulebook's name. */
export function whyOf(e: Explained, title: string, t: TFunction, locale: string): WhyVerdict {
  const x = e.explanation
  const say: Say = (text) => textIn(locale, text).replace(/(\d)_(?=\d{3})/g, '$1,')
  const way = (w: Way): WhyStep => ({
    label: say(w.title),
    need: say(w.bound),
    have: valueText(t, w.value, w.unit) || t('why.no_data'),
    gap: w.missing ? valueText(t, w.missing, w.unit) : '',
    points: w.points ? valueText(t, w.points.replace('-', ''), 'point') : undefined,
    enough: w.enough,
  })
  return {
    grade: x.grade ? say(x.grade.title) : t('kit.grade.none'),
    tone: x.grade ? toneOf(x.grade.tone) : 'low',
    score: x.score?.value,
    maxScore: x.score?.max,
    rulebook: title,
    version: e.version,
    asOf: e.as_of,
    effectiveTo: e.expires_on || undefined,
    clause: x.grade?.clause || x.reason?.clause,
    reason: x.reason ? say(x.reason.title) : undefined,
    provisional: x.provisional ? say(x.provisional.title) : undefined,
    band: say(x.grade?.band) || undefined,
    proposed: proposedOf(x.proposed, say, t),
    override: x.decided && overrideOf(x.decided, say, t),
    decidedSchemes: (x.schemes ?? [])
      .filter((s) => s.decided)
      .map((s) => t('why.scheme_decided', { scheme: say(s.title), grade: say(s.grade) })),
    vetoes: (x.vetoes ?? []).map((v) => ({ label: say(v.title), effect: say(v.effect), clause: v.clause })),
    items: (x.items ?? []).map((i) => ({
      label: say(i.title),
      value: valueText(t, i.value, i.unit) || missingText(t, i.treatment),
      band: say(i.band),
      points: decimal(i.points),
      maxPoints: decimal(i.max),
      filled: filledOf(i.points, i.max),
      clause: i.clause,
      assumed: i.assumed,
    })),
    inputs: (x.inputs ?? []).map((i) => ({
      label: say(i.title),
      value: valueText(t, i.value, i.unit),
      missing: i.value === '',
      assumed: i.assumed,
      from: i.from,
      to: i.judged ? undefined : i.to,
      notes: notesOf(t, i),
    })),
    settings: (x.settings ?? []).map((s) => ({ label: say(s.title), value: s.value, assumed: s.assumed })),
    next: x.next && {
      grade: say(x.next.title),
      missing: (x.next.ways ?? []).map(way),
      total: x.next.missing ? valueText(t, x.next.missing, x.next.unit) : undefined,
    },
    keep: x.keep && {
      grade: say(x.keep.title),
      margin: x.keep.margin ? valueText(t, x.keep.margin, x.keep.unit) : undefined,
      ways: (x.keep.ways ?? []).map(way),
    },
    isTop: Boolean(x.grade) && !x.next && !x.decided,
    clauses: e.clauses.map((c) => ({ number: c.number, title: say(c.title), text: say(c.text) })),
  }
}

/** useWhyOf binds whyOf to the language of the page. */
export function useWhyOf(): (e: Explained, title: string) => WhyVerdict {
  const { t, i18n } = useTranslation()
  return (e, title) => whyOf(e, title, t, i18n.language)
}
