import { beforeEach, expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import type { Visit } from '../data'
import { type ActBody, foreseen, Queue, type Store, type Unsent, type Wire } from './queue'

const visit = (id: string) => ({ id, state: 'confirmed', may: ['arrive'], customer: { name: id } }) as unknown as Visit
const photo = (name: string) => new File(['x'], name)
const offline = new ApiError(0, 'network.unreachable')

/** A device that outlives the pages on it: what it gives and keeps are copies. */
class Device implements Store {
  kept = new Map<number, Unsent>()
  last = 0
  async all(user: string) {
    return [...this.kept.values()]
      .filter((e) => e.user === user)
      .sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
      .map((e) => ({ ...e }))
  }
  async put(e: Unsent) {
    const seq = e.seq ?? ++this.last
    this.kept.set(seq, { ...e, seq })
    return seq
  }
  async drop(seq: number) {
    this.kept.delete(seq)
  }
}

/** A server that does what has the same key once, and a line to it that fails when told. */
class Server implements Wire {
  user = 'lin'
  did: string[] = []
  seen = new Map<string, string>()
  files = 0
  /** Failures of the next requests, in their order; undefined lets one through. */
  fails: (Error | undefined)[] = []
  /** The answer is lost after the work was done. */
  loseAnswers = 0
  refuse = new Map<string, ApiError>()

  #line() {
    const e = this.fails.shift()
    if (e) throw e
  }
  async who() {
    this.#line()
    return this.user
  }
  async file() {
    this.#line()
    return `f${++this.files}`
  }
  async act(e: Unsent) {
    this.#line()
    const no = this.refuse.get(e.key)
    if (no) throw no
    const input = JSON.stringify([e.visit.id, e.body, e.files])
    const had = this.seen.get(e.key)
    if (had !== undefined && had !== input) throw new ApiError(409, 'visit.key_reused')
    if (had === undefined) this.did.push(`${e.visit.id} ${e.body.act}${e.files.length ? ` ${e.files}` : ''}`)
    this.seen.set(e.key, input)
    if (this.loseAnswers-- > 0) throw offline
    return e.visit
  }
}

let device: Device
let server: Server
let sent: string[]
const page = (user = 'lin') =>
  new Queue(user, device, server, { changed: () => undefined, sent: (v) => sent.push(v.id) })
const act = (of: string, what: ActBody['act'], ...photos: string[]) => ({
  key: `${of}-${what}`,
  visit: visit(of),
  body: { act: what, at: '2026-03-02T01:00:00Z' } as ActBody,
  photos: photos.map(photo),
})

beforeEach(() => {
  device = new Device()
  server = new Server()
  sent = []
})

it('with a network an act is sent at once', async () => {
  expect(await page().add(act('a', 'arrive', 'door.jpg'))).toBe('sent')
  expect(server.did).toEqual(['a arrive f1'])
  expect(device.kept.size).toBe(0)
  expect(sent).toEqual(['a'])
})

it('without a network acts wait, outlive the page, and go out in their order', async () => {
  server.fails = [offline, offline]
  const first = page()
  expect(await first.add(act('a', 'arrive'))).toBe('kept')
  expect(await first.add(act('a', 'report'))).toBe('kept')
  expect(server.did).toEqual([])
  await page().flush()
  expect(server.did).toEqual(['a arrive', 'a report'])
  expect(device.kept.size).toBe(0)
})

it('an act whose answer was lost is done once, with the same photos', async () => {
  server.loseAnswers = 1
  expect(await page().add(act('a', 'arrive', 'door.jpg', 'yard.jpg'))).toBe('kept')
  await page().flush()
  expect(server.did).toEqual(['a arrive f1,f2'])
  expect(server.files).toBe(2)
})

it('a line that breaks between two photos goes on with the second', async () => {
  server.fails = [undefined, undefined, offline]
  expect(await page().add(act('a', 'arrive', 'door.jpg', 'yard.jpg'))).toBe('kept')
  await page().flush()
  expect(server.files).toBe(2)
  expect(server.did).toEqual(['a arrive f1,f2'])
})

it('what is refused when it is entered is not kept: the form says why', async () => {
  server.refuse.set(
    'a-report',
    new ApiError(422, 'invalid_input', {}, [{ path: 'report', code: 'field.required', args: {} }]),
  )
  await expect(page().add(act('a', 'report'))).rejects.toMatchObject({
    code: 'invalid_input',
    fields: [{ path: 'report' }],
  })
  expect(device.kept.size).toBe(0)
})

it('what is refused later holds up its own visit and no other, until it is discarded', async () => {
  server.fails = [offline, offline, offline]
  const q = page()
  for (const [of, what] of [
    ['a', 'arrive'],
    ['a', 'report'],
    ['b', 'arrive'],
  ] as const)
    await q.add(act(of, what))
  server.refuse.set('a-arrive', new ApiError(409, 'visit.wrong_state', { state: 'cancelled' }))
  await q.flush()
  expect(server.did).toEqual(['b arrive'])
  const [arrive, report] = await device.all('lin')
  expect(arrive?.refused).toMatchObject({ code: 'visit.wrong_state', args: { state: 'cancelled' } })
  expect(report?.refused).toBeUndefined()
  await q.discard(arrive?.seq ?? 0)
  expect(server.did).toEqual(['b arrive', 'a report'])
})

it('what was refused can be changed, and is another request then', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'report'))
  server.refuse.set('a-report', new ApiError(422, 'invalid_input'))
  await q.flush()
  const [had] = await device.all('lin')
  await q.change(had?.seq ?? 0, 'other', { act: 'report', report: '谈妥' }, [])
  expect(server.did).toEqual(['a report'])
  expect(device.kept.size).toBe(0)
})

it('what the server may take later is tried again as it is', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'arrive'))
  server.refuse.set('a-arrive', new ApiError(422, 'visit.in_future'))
  await q.flush()
  server.refuse.clear()
  const [had] = await device.all('lin')
  await q.again(had?.seq ?? 0)
  expect(server.did).toEqual(['a arrive'])
})

it.each([
  ['a session that ended', new ApiError(401, 'session.expired')],
  ['a server that is away', new ApiError(503, 'server.unavailable')],
  ['a race', new ApiError(409, 'visit.changed')],
])('%s refuses nothing', async (_, failure) => {
  server.fails = [undefined, failure]
  expect(await page().add(act('a', 'arrive'))).toBe('kept')
  expect((await device.all('lin'))[0]?.refused).toBeUndefined()
})

it('nobody sends what another person entered', async () => {
  server.fails = [offline]
  await page('lin').add(act('a', 'arrive'))
  server.user = 'wang'
  await page('wang').flush()
  await page('lin').flush()
  expect(server.did).toEqual([])
  expect(await device.all('wang')).toEqual([])
  server.user = 'lin'
  await page('lin').flush()
  expect(server.did).toEqual(['a arrive'])
})

it('several calls at once send each act once', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'arrive', 'door.jpg'))
  await Promise.all([q.flush(), q.flush(), q.add(act('b', 'arrive'))])
  expect(server.did).toEqual(['a arrive f1', 'b arrive'])
})

it('a visit is shown as it will be once what waits was taken', () => {
  const e = (what: ActBody['act'], refused = false) =>
    ({ ...act('a', what), user: 'lin', files: [], refused: refused ? {} : undefined }) as unknown as Unsent
  expect(foreseen(visit('a'), [e('arrive')])).toMatchObject({ state: 'arrived', may: ['report'] })
  expect(foreseen(visit('a'), [e('arrive'), e('report')])).toMatchObject({ state: 'done', may: [] })
  expect(foreseen(visit('a'), [e('arrive', true)])).toMatchObject({ state: 'confirmed' })
  expect(foreseen(visit('a'), [e('arrive', true), e('report')])).toMatchObject({ state: 'confirmed' })
  expect(foreseen(visit('b'), [e('arrive')])).toMatchObject({ state: 'confirmed' })
})
