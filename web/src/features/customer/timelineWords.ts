import type { Schemas } from '@/api/client'
import { minorOf } from '@/kit/filters'
import { minorPlaces } from '@/kit/format'
import type { TimelineEntry } from '@/kit/timelineGroups'

export type Entry = Schemas['RecordEntryView']

/** What the sentences of a timeline need to know. */
export interface TimelineWords {
  t: (key: string, args?: Record<string, unknown>) => string
  has: (key: string) => boolean
  factKind: (kind: string) => string
  grade: (scheme: string, code: string) => string
  scheme: (id: string) => string
  money: (minor: string, currency: string) => string
  field: (name: string) => string
  value: (field: string, value: unknown) => string
}

interface Change {
  field: string
  before: unknown
  after: unknown
}

/** changesOf reads the details of folded changes; what has another form is left out. */
export function changesOf(e: Entry): Change[] {
  return e.changes
    .flatMap((c) => (Array.isArray(c) ? c : []))
    .filter((c): c is Change => typeof c === 'object' && c !== null && typeof (c as Change).field === 'string')
    .filter((c) => c.field !== 'bulk')
}

type Written = Pick<TimelineEntry, 'title' | 'detail' | 'note' | 'changes'>

const writers: Record<Entry['kind'], (e: Entry, w: TimelineWords) => Written> = {
  interaction: (e, w) => ({
    title: w.factKind(e.type),
    detail: e.note || undefined,
    note: e.document || undefined,
  }),
  business: (e, w) => ({
    title: w.factKind(e.type),
    note: e.amount ? w.money(minorOf(e.amount, minorPlaces(e.currency)), e.currency) : undefined,
    detail: [e.document, e.facts > 1 && w.t('record.timeline.lines', { n: e.facts }), statusOf(e, w)]
      .filter(Boolean)
      .join(' · '),
  }),
  verdict: (e, w) => ({
    title: w.t(`record.timeline.${e.type}`, {
      scheme: w.scheme(e.scheme),
      from: w.grade(e.scheme, e.from),
      to: w.grade(e.scheme, e.to),
    }),
  }),
  duty: (e, w) => ({
    title: w.t(`record.timeline.${e.type}`, { activity: w.factKind(e.activity) }),
    detail: [e.clause && w.t('why.clause', { clause: e.clause }), e.reason].filter(Boolean).join(' · '),
  }),
  change: (e, w) => {
    const title = w.t(`record.timeline.${e.type.replace('.', '_')}`)
    if (e.type !== 'customer.update' && e.type !== 'judgement.set') return { title }
    return {
      title,
      changes: changesOf(e).map((c) => ({
        field: w.field(c.field),
        from: w.value(c.field, c.before),
        to: w.value(c.field, c.after),
      })),
    }
  },
  contact: (e, w) => {
    const key = `record.timeline.${e.type.replace('.', '_')}`
    const name = changesOf(e).find((c) => c.field === 'name')
    return {
      title: w.t(key),
      detail: e.type.startsWith('contact') && name ? String(name.after || name.before || '') : undefined,
    }
  },
  case: (e, w) => ({
    title: w.t(`record.timeline.case_${e.type}`, { number: e.document }),
    detail: e.note || undefined,
  }),
  import: (e, w) => ({ title: w.t(`record.timeline.import_${e.type}`), detail: e.file_name || undefined }),
}

function statusOf(e: Entry, w: TimelineWords): string {
  const key = `record.fact_status.${e.status}`
  return e.status && w.has(key) ? w.t(key) : e.status
}

/** entryOf writes an entry of the API for the timeline. */
export function entryOf(e: Entry, w: TimelineWords): TimelineEntry {
  return {
    id: e.id,
    at: e.at || e.day,
    kind: e.kind,
    by: e.kind === 'business' ? undefined : e.actor_name || undefined,
    ...writers[e.kind](e, w),
  }
}
