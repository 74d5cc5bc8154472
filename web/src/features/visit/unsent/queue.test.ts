import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api/error'
import type { Visit } from '../data'
import { type ActBody, asOfNow, foreseen, Queue, type Store, tooLate, type Unsent, type Wire } from './queue'

const visit = (id: string) => ({ id, state: 'confirmed', may: ['arrive'], customer: { name: id } }) as unknown as Visit
const photo = (name: string) => new File(['x'], name)
const offline = new ApiError(0, 'network.unreachable')
const unknownFile = new ApiError(422, 'invalid_input', {}, [{ path: 'files', code: 'duty.file_unknown', args: {} }])
const tooLongAgo = new ApiError(422, 'invalid_input', {}, [
  { path: 'at', code: 'visit.too_long_ago', args: { days: 7 } },
])

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
  async add(e: Unsent) {
    const seq = ++this.last
    this.kept.set(seq, { ...e, seq })
    return seq
  }
  async put(e: Unsent) {
    const there = this.kept.has(e.seq ?? 0)
    if (there) this.kept.set(e.seq ?? 0, { ...e })
    return there
  }
  async drop(seq: number) {
    this.kept.delete(seq)
  }
  busy: Promise<unknown> = Promise.resolve()
  alone<T>(_: string, work: () => Promise<T>): Promise<T> {
    const mine = this.busy.then(work)
    this.busy = mine.catch(() => undefined)
    return mine
  }
}

/** A server that does what has the same key once, and a line to it that fails when told. */
class Server implements Wire {
  user = 'lin'
  did: string[] = []
  seen = new Map<string, string>()
  files = 0
  asked = 0
  /** Uploads that are no longer there. */
  forgot: string[] = []
  /** What an upload waits for. */
  slow: Promise<void> = Promise.resolve()
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
    this.asked++
    this.#line()
    return this.user
  }
  async file() {
    await this.slow
    this.#line()
    return `f${++this.files}`
  }
  async act(e: Unsent) {
    this.#line()
    const no = this.refuse.get(e.key)
    if (no) throw no
    if (e.files.some((f) => this.forgot.includes(f))) throw unknownFile
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
afterEach(() => {
  vi.useRealTimers()
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

it('what was changed and is refused again says why, and stays', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'report'))
  server.refuse.set('other', new ApiError(422, 'invalid_input'))
  const [had] = await device.all('lin')
  await expect(q.change(had?.seq ?? 0, 'other', { act: 'report', report: '谈妥' }, [])).rejects.toMatchObject({
    code: 'invalid_input',
  })
  expect((await device.all('lin'))[0]).toMatchObject({ key: 'other', refused: { code: 'invalid_input' } })
})

it('what the server may take later is tried again as it is', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'arrive'))
  server.refuse.set('a-arrive', new ApiError(422, 'visit.in_future'))
  await q.flush()
  server.refuse.clear()
  const [had] = await device.all('lin')
  expect(await q.again(had?.seq ?? 0)).toBe('sent')
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

it('photos the server has forgotten meanwhile are sent anew', async () => {
  server.fails = [undefined, undefined, offline]
  await page().add(act('a', 'arrive', 'door.jpg'))
  expect((await device.all('lin'))[0]).toMatchObject({ files: ['f1'], photos: [{ name: 'door.jpg' }] })
  server.forgot = ['f1']
  await page().flush()
  expect(server.did).toEqual(['a arrive f2'])
})

it('photos the server never knows are not sent for ever', async () => {
  server.fails = [offline]
  await page().add(act('a', 'arrive', 'door.jpg'))
  server.forgot = ['f1', 'f2', 'f3']
  await page().flush()
  expect(server.files).toBe(2)
  expect((await device.all('lin'))[0]?.refused).toMatchObject({ code: 'invalid_input' })
})

it('a photo that does not get through holds up its own visit and no other', async () => {
  server.fails = [offline, offline, offline]
  const q = page()
  await q.add(act('a', 'arrive', 'large.jpg'))
  await q.add(act('a', 'report'))
  await q.add(act('b', 'arrive'))
  server.fails = [undefined, offline]
  await q.flush()
  expect(server.did).toEqual(['b arrive'])
})

it('where the server does not answer at all the rest is not tried', async () => {
  server.fails = [offline, offline]
  const q = page()
  await q.add(act('a', 'arrive'))
  await q.add(act('b', 'arrive'))
  server.fails = [undefined, offline, offline]
  await q.flush()
  expect(server.did).toEqual([])
  expect(server.asked).toBe(4)
})

it('a network that comes back while a round fails is not missed', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'arrive'))
  server.fails = [offline]
  const failing = q.flush()
  await q.flush()
  await failing
  expect(server.did).toEqual(['a arrive'])
})

it('what waits is tried again in growing pauses, soon again when the network may be back, and not once all is sent', async () => {
  vi.useFakeTimers()
  server.fails = Array(20).fill(offline)
  const q = page()
  await q.add(act('a', 'arrive'))
  server.asked = 0
  const stop = q.keepSending()
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    return server.asked
  }
  expect(await after(0)).toBe(1)
  expect(await after(1000)).toBe(2)
  expect(await after(1999)).toBe(2)
  expect(await after(1)).toBe(3)
  expect(await after(4000 + 8000 + 15_000)).toBe(6)
  expect(await after(30_000)).toBe(8)
  q.wake()
  expect(await after(0)).toBe(9)
  expect(await after(1000)).toBe(10)
  stop()
  expect(await after(600_000)).toBe(10)
  server.fails = []
  const end = q.keepSending()
  expect(await after(0)).toBe(11)
  expect(server.did).toEqual(['a arrive'])
  expect(await after(600_000)).toBe(11)
  end()
})

it('any other answer of the server ends the waiting, but does not have a refusing server asked without end', async () => {
  vi.useFakeTimers()
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'arrive'))
  server.fails = [undefined, new ApiError(503, 'server.unavailable')]
  q.answered()
  await vi.advanceTimersByTimeAsync(0)
  expect(server.fails).toEqual([])
  const asked = server.asked
  q.answered()
  await vi.advanceTimersByTimeAsync(0)
  expect(server.asked).toBe(asked)
  expect(server.did).toEqual([])
})

it('what only a person can help is not asked about', async () => {
  vi.useFakeTimers()
  server.fails = [offline, offline]
  const q = page()
  await q.add(act('a', 'arrive'))
  await q.add(act('a', 'report'))
  server.refuse.set('a-arrive', new ApiError(409, 'visit.wrong_state'))
  const stop = q.keepSending()
  await vi.advanceTimersByTimeAsync(0)
  const asked = server.asked
  await vi.advanceTimersByTimeAsync(600_000)
  expect(server.asked).toBe(asked)
  stop()
})

it('a form does not wait for a long upload: its act is kept, and goes out', async () => {
  vi.useFakeTimers()
  let through = () => undefined as unknown
  server.slow = new Promise<void>((resolve) => {
    through = resolve as () => unknown
  })
  const how = page().add(act('a', 'arrive', 'door.jpg'))
  await vi.advanceTimersByTimeAsync(8000)
  expect(await how).toBe('kept')
  through()
  await vi.advanceTimersByTimeAsync(0)
  expect(server.did).toEqual(['a arrive f1'])
  expect(device.kept.size).toBe(0)
})

it('two pages of one person send each act once, with the same photos', async () => {
  server.fails = [offline]
  const [one, two] = [page(), page()]
  await one.add(act('a', 'arrive', 'door.jpg'))
  await Promise.all([one.flush(), two.flush()])
  expect(server.did).toEqual(['a arrive f1'])
  expect(server.files).toBe(1)
  expect(device.kept.size).toBe(0)
})

it('what is discarded while it is being sent does not come back', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'arrive', 'door.jpg'))
  let through = () => undefined as unknown
  server.slow = new Promise<void>((resolve) => {
    through = resolve as () => unknown
  })
  const round = q.flush()
  const [had] = await device.all('lin')
  const gone = q.discard(had?.seq ?? 0)
  through()
  await Promise.all([round, gone])
  expect(server.did).toEqual([])
  expect(device.kept.size).toBe(0)
})

it('what happened too long ago can be sent as of now, and a report says of when it is', async () => {
  server.fails = [offline]
  const q = page()
  await q.add(act('a', 'report'))
  server.refuse.set('a-report', tooLongAgo)
  await q.flush()
  const [had] = await device.all('lin')
  expect(had && tooLate(had)).toBe(true)
  const said = { act: 'report', report: '谈妥', at: '2026-03-02T01:00:00Z' } as ActBody
  const body = asOfNow(said, (at) => `实际 ${at}`)
  expect(body).toEqual({ act: 'report', report: '实际 2026-03-02T01:00:00Z\n谈妥' })
  expect(await q.change(had?.seq ?? 0, 'other', body, [])).toBe('sent')
  const there = {
    act: 'arrive',
    at: said.at,
    where: { lat_e6: 1, lon_e6: 2 },
    accuracy_m: 5,
    keep_place: true,
  } as ActBody
  expect(asOfNow(there, String)).toEqual({ act: 'arrive' })
})
