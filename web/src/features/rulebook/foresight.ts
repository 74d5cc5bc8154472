/** What a person owes in a month: by the rulebook that is looked at, and by the others; with the working days the person is there. */
export interface MonthLoad {
  duties: number
  minutes: number
  otherDuties: number
  other: number
  days: number
}

/** One person over the months; the id is empty for what nobody owes. */
export interface PersonLoad {
  id: string
  name: string
  /** The fewest duties a day the rulebook lets the person have; 0 where it says nothing. */
  atMost: number
  months: MonthLoad[]
}

/** Occurrences of one duty for which there is no day. */
export interface Impossible {
  clause: string
  rule: string
  grade: string
  reason: string
  occasion: string
  count: number
  customers: string[]
}

/** What a planning of twelve months would come to, read from the result of its job. */
export interface Foresight {
  version: string
  from: string
  to: string
  customers: number
  duties: number
  minutes: number
  /** First days of the months. */
  months: string[]
  people: PersonLoad[]
  /** How many people are not listed. */
  others: number
  impossible: Impossible[]
}

type Raw = Record<string, unknown>
const raw = (v: unknown): Raw => (typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Raw) : {})
const list = (v: unknown): unknown[] => (Array.isArray(v) ? v : [])
const text = (v: unknown): string => (typeof v === 'string' ? v : '')
const count = (v: unknown): number => (typeof v === 'number' && Number.isFinite(v) ? v : 0)

/** readForesight reads a job's result; undefined while there is none. */
export function readForesight(result: unknown): Foresight | undefined {
  const r = raw(result)
  if (!Array.isArray(r.people)) return undefined
  return {
    version: text(r.version),
    from: text(r.from),
    to: text(r.to),
    customers: count(r.customers),
    duties: count(r.duties),
    minutes: count(r.minutes),
    months: list(r.months).map(text),
    people: r.people.map((p) => personOf(raw(p))),
    others: count(r.others),
    impossible: list(r.impossible).map((x) => impossibleOf(raw(x))),
  }
}

const personOf = (p: Raw): PersonLoad => ({
  id: text(p.owner_id),
  name: text(p.owner_name),
  atMost: count(p.at_most),
  months: list(p.months).map((x) => {
    const m = raw(x)
    return {
      duties: count(m.duties),
      minutes: count(m.minutes),
      otherDuties: count(m.other_duties),
      other: count(m.other_minutes),
      days: count(m.days),
    }
  }),
})

const impossibleOf = (x: Raw): Impossible => ({
  clause: text(x.clause),
  rule: text(x.rule),
  grade: text(x.grade),
  reason: text(x.reason),
  occasion: text(x.occasion),
  count: count(x.count),
  customers: list(x.customers).map(text),
})

/** hoursOf writes minutes as hours to a tenth. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10

/** sumOf adds the months of one person up. */
export const sumOf = (p: PersonLoad): MonthLoad =>
  p.months.reduce(
    (sum, m) => ({
      duties: sum.duties + m.duties,
      minutes: sum.minutes + m.minutes,
      otherDuties: sum.otherDuties + m.otherDuties,
      other: sum.other + m.other,
      days: sum.days + m.days,
    }),
    { duties: 0, minutes: 0, otherDuties: 0, other: 0, days: 0 },
  )

/** What a working day holds: so many hours, or as many duties as the rulebook lets the person have. */
export type Day = number | 'duties'

/** limitedByRule says whether the rulebook bounds the duties of anybody's day. */
export const limitedByRule = (f: Foresight): boolean => f.people.some((p) => p.atMost > 0)

/** roomOf gives what the days of a month hold, in hours or duties; undefined where the rulebook says nothing of the person. */
export const roomOf = (p: PersonLoad, m: MonthLoad, day: Day): number | undefined => {
  if (p.id === '' || (day === 'duties' && p.atMost === 0)) return undefined
  return m.days * (day === 'duties' ? p.atMost : day)
}

/** overloaded gives the places of the months in which a person owes more than the working days hold. */
export const overloaded = (p: PersonLoad, day: Day): number[] =>
  p.months.flatMap((m, i) => {
    const room = roomOf(p, m, day)
    const owed = day === 'duties' ? m.duties + m.otherDuties : (m.minutes + m.other) / 60
    return room !== undefined && owed > room ? [i] : []
  })
