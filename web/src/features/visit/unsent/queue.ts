import type { Schemas } from '@/api/client'
import { ApiError, asApiError, type FieldError } from '@/api/error'
import type { Visit } from '../data'

export type ActBody = Schemas['VisitActBody']

/** Why the server did not take an entry. */
export interface Refusal {
  status: number
  code: string
  args: Record<string, unknown>
  fields: FieldError[]
}

/** An act on a visit that the server has not taken yet. */
export interface Unsent {
  /** Its place in the order; given by the store. */
  seq?: number
  /** Whose it is. */
  user: string
  /** The idempotency key: however often it is sent, it is done once. */
  key: string
  /** The visit as it was when the act was entered. */
  visit: Visit
  /** The act with its moment, without its files. */
  body: ActBody
  /** Its photos: they stay until the act is taken, for the server forgets an upload that nothing names. */
  photos: File[]
  /** The ids of the first of them, as far as they are sent. */
  files: string[]
  refused?: Refusal
}

/** Where entries are kept on the device. */
export interface Store {
  /** Those of a person, in their order. */
  all(user: string): Promise<Unsent[]>
  /** Keeps a new entry; gives its `seq`. */
  add(e: Unsent): Promise<number>
  /** Puts an entry in place of the one with its `seq`; false when that is gone. */
  put(e: Unsent): Promise<boolean>
  drop(seq: number): Promise<void>
  /** Does work for a person while no other page of this browser does. */
  alone<T>(user: string, work: () => Promise<T>): Promise<T>
}

/** The way to the server. */
export interface Wire {
  /** The id of the person who is signed in, by the server itself. */
  who(): Promise<string>
  file(f: File): Promise<string>
  act(e: Unsent): Promise<Visit>
}

interface Heard {
  /** The entries changed. */
  changed: (list: Unsent[]) => void
  /** The server took an act. */
  sent: (v: Visit) => void
}

/** What became of an act: the server took it, or it waits on this device. */
export type Became = 'sent' | 'kept'

/** Whether a failure says nothing about the entry itself: no network, a server that is away, a session that ended, a race. */
export const passing = (e: ApiError): boolean =>
  e.status === 0 || e.status === 401 || e.status === 429 || e.status >= 500 || e.code === 'visit.changed'

/** The pauses between rounds while something waits, in milliseconds: each is twice the one before. */
const FIRST_PAUSE_MS = 1_000
const LAST_PAUSE_MS = 15_000

/** How long a form waits for the server before it is told that its act is kept, in milliseconds; photos may take longer. */
const FORM_WAITS_MS = 8_000

/**
 * Queue sends acts on visits in the order in which they were entered, each once. Entries outlive the page; those of a visit wait behind
 * one that was refused or does not get through, those of other visits do not. It sends only while the person whose entries they are is
 * signed in, and in one page of the browser at a time.
 */
export class Queue {
  #round: Promise<void> | undefined
  #next: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #pause = FIRST_PAUSE_MS
  #keeping = false
  /** How the last round ended: nothing is left to send, the server was not reached, or something waits all the same. */
  #left: 'nothing' | 'unreached' | 'waits' = 'nothing'

  constructor(
    readonly user: string,
    private readonly store: Store,
    private readonly wire: Wire,
    private readonly heard: Heard,
  ) {}

  /** Keeps an act and sends what can be sent. A refusal is thrown, and the act is not kept. */
  async add(act: Pick<Unsent, 'key' | 'visit' | 'body' | 'photos'>): Promise<Became> {
    const seq = await this.store.add({ ...act, user: this.user, files: [] })
    await this.#whileFormWaits()
    const left = await this.#find(seq)
    if (!left?.refused) return left ? 'kept' : 'sent'
    await this.store.drop(seq)
    await this.#tell()
    throw asError(left.refused)
  }

  /** Sends what waits, in a round that begins after this call: what a round did not know of when it began is the next one's. */
  flush(): Promise<void> {
    if (!this.#round) {
      clearTimeout(this.#timer)
      this.#round = this.#all().finally(() => {
        this.#round = undefined
        this.#later()
      })
      return this.#round
    }
    this.#next ??= this.#round
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.flush()
      })
    return this.#next
  }

  /** Sends what waits again and again, until it is told to stop by what this returns. */
  keepSending(): () => void {
    this.#keeping = true
    this.wake()
    return () => {
      this.#keeping = false
      clearTimeout(this.#timer)
    }
  }

  /** The network may be back. */
  wake(): void {
    this.#pause = FIRST_PAUSE_MS
    this.flush().catch(() => undefined)
  }

  /** The server has answered somebody else on this page. */
  answered(): void {
    if (this.#left === 'unreached' && !this.#round) this.wake()
  }

  /** Puts other words into an entry that was refused, and sends it: it is another request now. A refusal is thrown; the entry stays. */
  change(seq: number, key: string, body: ActBody, photos: File[]): Promise<Became> {
    return this.#alter(seq, { key, body, photos, files: [], refused: undefined })
  }

  /** Sends an entry once more, as it is. A refusal is thrown; the entry stays. */
  again(seq: number): Promise<Became> {
    return this.#alter(seq, { refused: undefined })
  }

  async discard(seq: number): Promise<void> {
    await this.store.drop(seq)
    await this.#tell()
    await this.#whileFormWaits()
  }

  async #alter(seq: number, to: Partial<Unsent>): Promise<Became> {
    const had = await this.#find(seq)
    if (had) await this.store.put({ ...had, ...to })
    await this.#whileFormWaits()
    const left = await this.#find(seq)
    if (left?.refused) throw asError(left.refused)
    return left ? 'kept' : 'sent'
  }

  #find = async (seq: number): Promise<Unsent | undefined> =>
    (await this.store.all(this.user)).find((e) => e.seq === seq)

  /** Sends what waits, or leaves that to itself when it takes too long. */
  #whileFormWaits(): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, FORM_WAITS_MS)
      void this.flush()
        .catch(() => undefined)
        .then(() => {
          clearTimeout(timer)
          done()
        })
    })
  }

  #later(): void {
    if (this.#left === 'nothing') this.#pause = FIRST_PAUSE_MS
    if (this.#left === 'nothing' || !this.#keeping) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush().catch(() => undefined), this.#pause)
    this.#pause = Math.min(2 * this.#pause, LAST_PAUSE_MS)
  }

  async #all(): Promise<void> {
    this.#left = 'waits'
    if (ready(await this.#tell()).length === 0) this.#left = 'nothing'
    else this.#left = await this.store.alone(this.user, () => this.#each())
  }

  /** What waits is read only here: another page may have sent some of it meanwhile. */
  async #each(): Promise<'nothing' | 'unreached' | 'waits'> {
    if (!(await this.#reached())) return 'unreached'
    const late = new Set<string>()
    for (const e of ready(await this.store.all(this.user))) {
      if (late.has(e.visit.id) || (await this.#one(e))) continue
      late.add(e.visit.id)
      // A large photo may fail where a word gets through: other visits go on, as long as the server answers at all.
      if (!(await this.#reached())) return 'unreached'
    }
    return ready(await this.#tell()).length > 0 ? 'waits' : 'nothing'
  }

  #reached = async (): Promise<boolean> => (await this.wire.who().catch(() => undefined)) === this.user

  /** Sends an entry; false when it was not taken, for now or as it is. */
  async #one(e: Unsent, anew = false): Promise<boolean> {
    try {
      for (const photo of e.photos.slice(e.files.length)) {
        e.files = [...e.files, await this.wire.file(photo)]
        if (!(await this.store.put(e))) return true
      }
      const v = await this.wire.act(e)
      await this.store.drop(e.seq ?? 0)
      this.#pause = FIRST_PAUSE_MS
      this.heard.sent(v)
      return true
    } catch (failure) {
      const { status, code, args, fields } = asApiError(failure)
      if (passing(asApiError(failure))) return false
      if (!anew && fields.some((f) => f.code === 'duty.file_unknown')) return this.#one({ ...e, files: [] }, true)
      await this.store.put({ ...e, refused: { status, code, args, fields } })
      return false
    } finally {
      await this.#tell()
    }
  }

  async #tell(): Promise<Unsent[]> {
    const list = await this.store.all(this.user)
    this.heard.changed(list)
    return list
  }
}

/** ready gives what can be sent: neither refused nor behind something of the same visit that was. */
export function ready(list: Unsent[]): Unsent[] {
  const stuck = new Set<string>()
  return list.filter((e) => {
    if (e.refused) stuck.add(e.visit.id)
    return !stuck.has(e.visit.id)
  })
}

/** tooLate tells that an entry was refused because it happened too long ago to be sent with its moment. */
export const tooLate = (e: Unsent): boolean => e.refused?.fields.some((f) => f.code === 'visit.too_long_ago') ?? false

/**
 * asOfNow gives an act to be sent without its moment, nor where one was at that moment. A report says of when it is, by `note`.
 */
export function asOfNow(body: ActBody, note: (at: string) => string): ActBody {
  const { at, where: _, accuracy_m: __, keep_place: ___, ...rest } = body
  return at && rest.report ? { ...rest, report: `${note(at)}\n${rest.report}` } : rest
}

/** foreseen gives a visit as it will be once what waits was taken; where something was refused it stays as it is. */
export function foreseen(v: Visit, list: Unsent[]): Visit {
  const own = list.filter((e) => e.visit.id === v.id)
  const last = own.at(-1)
  return last && !own.some((e) => e.refused) ? { ...v, ...after[last.body.act] } : v
}

const after: Partial<Record<ActBody['act'], Pick<Visit, 'state' | 'may'>>> = {
  set_out: { state: 'under_way', may: ['arrive'] },
  arrive: { state: 'arrived', may: ['report'] },
  report: { state: 'done', may: [] },
}

/** asError makes of a refusal what a form shows. */
export const asError = (r: Refusal): ApiError => new ApiError(r.status, r.code, r.args, r.fields)
