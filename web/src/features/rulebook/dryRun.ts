import { type FlowDefinition, type FlowStep, type FlowWay, membersOf, START, waysOf } from '@/kit/flowGraph'

/** What was answered at a question: the number of the way, or whether a step is left out. */
export type Answer = { step: string; way: number } | { step: string; skip: boolean }

/** What the walk asks next. */
export type Question =
  | { step: string; kind: 'skip'; when: string }
  | { step: string; kind: 'way'; ways: { way: FlowWay; index: number }[] }

/** A step on the way. */
export interface Visit {
  step: string
  skipped: boolean
  /** How it was left, where there was a choice. */
  way?: FlowWay
  /** How many answers had been given before it: with so many the walk stands here again. */
  answered: number
  spent: Spent
}

/** Time at most used so far: limits of the steps added up. */
export interface Spent {
  days: number
  working: number
  hours: number
}

export interface Walk {
  visits: Visit[]
  question?: Question
  end?: string
  spent: Spent
  /** The walk went in a circle for too long. */
  endless?: boolean
}

const MOST_VISITS = 80

/** What is known of conditions from the answers given. */
interface Known {
  is: Map<string, string>
  not: Map<string, Set<string>>
  said: Map<string, boolean>
}

/** Where a walk stands while it is followed. */
interface Walker {
  def: FlowDefinition
  ways: FlowWay[]
  answers: Answer[]
  /** Answers that have been used. */
  used: number
  known: Known
  walk: Walk
}

/** walk follows a procedure from its start; what earlier answers decide is not asked again. */
export function walk(def: FlowDefinition, answers: Answer[]): Walk {
  const ways = waysOf(def)
  const known: Known = { is: new Map(), not: new Map(), said: new Map() }
  const w: Walker = {
    def,
    ways,
    answers,
    used: 0,
    known,
    walk: { visits: [], spent: { days: 0, working: 0, hours: 0 } },
  }
  let at = ways.find((x) => x.from === START)?.to
  while (at !== undefined) at = visit(w, at)
  return w.walk
}

/** visit passes a step and says where it leads; nothing when the walk stops there. */
function visit(w: Walker, key: string): string | undefined {
  const step = w.def.steps?.find((s) => s.key === key)
  if (!step) {
    w.walk.end = key
    return undefined
  }
  if (w.walk.visits.length >= MOST_VISITS) {
    w.walk.endless = true
    return undefined
  }
  if (w.walk.visits.some((v) => v.step === key)) forget(w.known, key)
  const v: Visit = { step: key, skipped: false, answered: w.used, spent: { ...w.walk.spent } }
  w.walk.visits.push(v)
  if (step.skip) {
    const skipped = leftOut(w, key, step.skip)
    if (skipped === undefined) return undefined
    v.skipped = skipped
  }
  if (!v.skipped) add(w.walk.spent, w.def, step)
  v.spent = { ...w.walk.spent }
  return leave(w, v)
}

/** leftOut tells whether a step is left out; undefined where that has to be asked. */
function leftOut(w: Walker, key: string, when: string): boolean | undefined {
  const sure = truth(w.known, when)
  const holds = sure ?? skipAnswer(w.answers[w.used], key)
  if (holds === undefined) {
    w.walk.question = { step: key, kind: 'skip', when }
    return undefined
  }
  if (sure === undefined) w.used++
  learn(w.known, when, holds)
  return holds
}

/** leave takes the only way on, or the one that was answered, or asks. */
function leave(w: Walker, v: Visit): string | undefined {
  const open = openWays(w.known, w.ways, v.step, v.skipped)
  if (open.length < 2) return open[0]?.way.to
  const answer = w.answers[w.used]
  const chosen =
    answer && 'way' in answer && answer.step === v.step ? open.find((o) => o.index === answer.way) : undefined
  if (!chosen) {
    w.walk.question = { step: v.step, kind: 'way', ways: open }
    return undefined
  }
  w.used++
  v.way = chosen.way
  if (chosen.way.kind === 'next')
    for (const o of open) if (o.way.when && o.index < chosen.index) learn(w.known, o.way.when, false)
  if (chosen.way.when) learn(w.known, chosen.way.when, true)
  return chosen.way.to
}

const skipAnswer = (a: Answer | undefined, step: string): boolean | undefined =>
  a && 'skip' in a && a.step === step ? a.skip : undefined

/** The ways that are still possible: those whose condition is known not to hold are left out, as are those after one that does. */
function openWays(known: Known, ways: FlowWay[], step: string, skipped: boolean): { way: FlowWay; index: number }[] {
  const mine = ways.filter((w) => w.from === step).map((way, index) => ({ way, index }))
  const next: { way: FlowWay; index: number }[] = []
  for (const w of mine.filter((x) => x.way.kind === 'next')) {
    const holds = w.way.when ? truth(known, w.way.when) : true
    if (holds !== false) next.push(w)
    if (holds) break
  }
  return skipped ? next : [...next, ...mine.filter((x) => x.way.kind === 'rejected')]
}

/** add counts the limit of a step; of steps that are open at once the longest. */
function add(spent: Spent, def: FlowDefinition, step: FlowStep) {
  const own = step.deadline?.within
  const inside = membersOf(def)
  const list = own
    ? [own]
    : (def.steps ?? [])
        .filter((s) => inside.has(s.key) && step.together?.includes(s.key))
        .map((s) => s.deadline?.within)
  const longest = (pick: (d: NonNullable<typeof own>) => number | undefined) =>
    Math.max(0, ...list.map((d) => (d && pick(d)) || 0))
  spent.days += longest((d) => d.days)
  spent.working += longest((d) => d.working)
  spent.hours += longest((d) => d.hours)
}

const ATOM = /^\s*([\w.]+)\s*(==|!=)\s*("[^"]*"|\w+)\s*$/

/** truth tells what earlier answers say about a condition; undefined where they leave it open. */
function truth(known: Known, when: string): boolean | undefined {
  const said = known.said.get(when)
  if (said !== undefined) return said
  const m = ATOM.exec(when)
  if (!m) return undefined
  const [, name = '', sign, value = ''] = m
  const is = known.is.get(name)
  const equal = is !== undefined ? is === value : known.not.get(name)?.has(value) ? false : undefined
  return equal === undefined ? undefined : sign === '==' ? equal : !equal
}

function learn(known: Known, when: string, holds: boolean) {
  known.said.set(when, holds)
  const m = ATOM.exec(when)
  if (!m) return
  const [, name = '', sign, value = ''] = m
  if ((sign === '==') === holds) known.is.set(name, value)
  else known.not.set(name, (known.not.get(name) ?? new Set()).add(value))
}

/** forget drops what was known of the answers of a step that is done again. */
function forget(known: Known, step: string) {
  const about = (text: string) => new RegExp(`\\b${step}\\.`).test(text)
  for (const m of [known.is, known.not, known.said]) for (const k of [...m.keys()]) if (about(k)) m.delete(k)
}
