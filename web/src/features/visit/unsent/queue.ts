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
  /** Photos still to be sent; `files` are the ids of those that were. */
  photos: File[]
  files: string[]
  refused?: Refusal
}

/** Where entries are kept on the device. */
export interface Store {
  /** Those of a person, in their order. */
  all(user: string): Promise<Unsent[]>
  /** Keeps an entry, in place of the one with its `seq`; gives its `seq`. */
  put(e: Unsent): Promise<number>
  drop(seq: number): Promise<void>
}

/** The way to the server. */
export interface Wire {
  /** The id of the person who is signed in. */
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

/** Whether a failure says nothing about the entry itself: no network, a server that is away, a session that ended, a race. */
export const passing = (e: ApiError): boolean =>
  e.status === 0 || e.status === 401 || e.status === 429 || e.status >= 500 || e.code === 'visit.changed'

/**
 * Queue sends acts on visits in the order in which they were entered, each once. Entries outlive the page; those of a visit wait behind
 * one that was refused, those of other visits do not. It sends only while the person whose entries they are is signed in.
 */
export class Queue {
  #sending: Promise<void> | undefined

  constructor(
    readonly user: string,
    private readonly store: Store,
    private readonly wire: Wire,
    private readonly heard: Heard,
  ) {}

  /** Keeps an act and sends what can be sent. `kept` says that it waits; a refusal is thrown, and the act is not kept. */
  async add(act: Pick<Unsent, 'key' | 'visit' | 'body' | 'photos'>): Promise<'sent' | 'kept'> {
    const seq = await this.store.put({ ...act, user: this.user, files: [] })
    // What is being sent at this moment does not know of this act yet.
    await this.#sending?.catch(() => undefined)
    await this.flush()
    const left = (await this.store.all(this.user)).find((e) => e.seq === seq)
    if (!left) return 'sent'
    if (!left.refused) return 'kept'
    await this.discard(seq)
    throw asError(left.refused)
  }

  /** Sends what waits. Several calls at once are one. */
  flush(): Promise<void> {
    this.#sending ??= this.#all().finally(() => {
      this.#sending = undefined
    })
    return this.#sending
  }

  /** Puts other words into an entry that was refused, and sends it: it is another request now. */
  async change(seq: number, key: string, body: ActBody, photos: File[]): Promise<void> {
    const had = (await this.store.all(this.user)).find((e) => e.seq === seq)
    if (!had) return
    await this.store.put({ ...had, key, body, photos, refused: undefined })
    await this.flush()
  }

  /** Sends an entry that was refused once more, as it is. */
  async again(seq: number): Promise<void> {
    const had = (await this.store.all(this.user)).find((e) => e.seq === seq)
    if (!had) return
    await this.store.put({ ...had, refused: undefined })
    await this.flush()
  }

  async discard(seq: number): Promise<void> {
    await this.store.drop(seq)
    await this.#tell()
    await this.flush()
  }

  async #all(): Promise<void> {
    const list = await this.#tell()
    if (list.every((e) => e.refused)) return
    const who = await this.wire.who().catch(() => undefined)
    if (who !== this.user) return
    try {
      const held = new Set<string>()
      for (const e of list) {
        if (e.refused || held.has(e.visit.id) || !(await this.#one(e))) held.add(e.visit.id)
      }
    } catch (e) {
      if (!passing(asApiError(e))) throw e
    } finally {
      await this.#tell()
    }
  }

  /** Sends an entry; false when it was refused. What passes by itself is thrown. */
  async #one(e: Unsent): Promise<boolean> {
    try {
      for (let photo = e.photos[0]; photo; photo = e.photos[0]) {
        e.files = [...e.files, await this.wire.file(photo)]
        e.photos = e.photos.slice(1)
        await this.store.put(e)
      }
      const v = await this.wire.act(e)
      await this.store.drop(e.seq ?? 0)
      this.heard.sent(v)
      return true
    } catch (failure) {
      const { status, code, args, fields } = asApiError(failure)
      if (passing(asApiError(failure))) throw failure
      await this.store.put({ ...e, refused: { status, code, args, fields } })
      return false
    }
  }

  async #tell(): Promise<Unsent[]> {
    const list = await this.store.all(this.user)
    this.heard.changed(list)
    return list
  }
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
