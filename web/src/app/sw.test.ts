import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { beforeEach, describe, expect, it, vi } from 'vitest'

type Answer = Response | 'away'

/** The service worker as it is shipped, in a world of its own: a cache in memory and a network that answers as told. */
function worker() {
  const stores = new Map<string, Map<string, Response>>()
  const keyOf = (r: Request | string) => new URL(typeof r === 'string' ? r : r.url, 'https://kezhi.test').href
  const open = (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>()
    stores.set(name, store)
    return {
      match: async (r: Request | string) => store.get(keyOf(r))?.clone(),
      put: async (r: Request | string, res: Response) => void store.set(keyOf(r), res),
      delete: async (r: Request | string) => store.delete(keyOf(r)),
      keys: async () => [...store.keys()].map((url) => ({ url })),
      addAll: async (list: Request[]) => {
        for (const r of list) store.set(keyOf(r), await net(r))
      },
    }
  }
  const caches = {
    open: async (name: string) => open(name),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    match: async (r: Request) => [...stores.keys()].map((n) => stores.get(n)?.get(keyOf(r))?.clone()).find(Boolean),
  }
  const network = new Map<string, Answer>()
  let hold: Promise<void> | undefined
  const net = async (r: Request): Promise<Response> => {
    const path = new URL(keyOf(r)).pathname
    await hold
    const answer = network.get(path) ?? new Response(`page ${path}`)
    if (answer === 'away') throw new TypeError('Failed to fetch')
    return answer.clone()
  }
  const listeners: Record<string, (e: unknown) => void> = {}
  const self = {
    location: { origin: 'https://kezhi.test' },
    addEventListener: (type: string, l: (e: unknown) => void) => {
      listeners[type] = l
    },
    skipWaiting: vi.fn(),
    clients: { claim: vi.fn() },
  }
  class Req extends Request {
    constructor(input: string, init?: RequestInit) {
      super(new URL(input, 'https://kezhi.test'), init)
    }
  }
  const source = readFileSync('public/sw.js', 'utf8').replace('const SHELL = []', "const SHELL = ['/', '/assets/a.js']")
  runInNewContext(source, {
    self,
    caches,
    fetch: net,
    Request: Req,
    Response,
    Headers,
    URL,
    setTimeout,
    clearTimeout,
    Date,
  })
  const waited = async (type: string) => {
    let done: Promise<unknown> = Promise.resolve()
    listeners[type]?.({ waitUntil: (p: Promise<unknown>) => (done = p) })
    await done
  }
  /** What the page gets; undefined when the worker leaves the request alone. */
  const ask = async (path: string, method = 'GET', mode = 'cors'): Promise<Response | undefined> => {
    const request = new Request(`https://kezhi.test${path}`, { method })
    Object.defineProperty(request, 'mode', { value: mode })
    let answer: Promise<Response> | undefined
    listeners.fetch?.({ request, respondWith: (p: Promise<Response>) => (answer = p) })
    return answer
  }
  return {
    ask,
    waited,
    network,
    stores,
    self,
    hold: (p: Promise<void> | undefined) => {
      hold = p
    },
    say: (data: string) => listeners.message?.({ data }),
  }
}

const json = (v: unknown, status = 200) =>
  new Response(JSON.stringify(v), { status, headers: { 'Content-Type': 'application/json' } })
const BENCH = '/api/v1/workbench?whose=mine'

describe('the service worker', () => {
  let w: ReturnType<typeof worker>
  beforeEach(() => {
    w = worker()
  })

  it('opens the application from what was installed when the network is away', async () => {
    await w.waited('install')
    for (const path of ['/', '/customers/7', '/assets/a.js']) w.network.set(path, 'away')
    expect(await (await w.ask('/customers/7', 'GET', 'navigate'))?.text()).toBe('page /')
    expect(await (await w.ask('/assets/a.js'))?.text()).toBe('page /assets/a.js')
  })

  it('lets a page come from the network while there is one, and downloads always', async () => {
    await w.waited('install')
    expect(await (await w.ask('/customers/7', 'GET', 'navigate'))?.text()).toBe('page /customers/7')
    w.network.set('/api/v1/duties/export', 'away')
    await expect(w.ask('/api/v1/duties/export', 'GET', 'navigate')).rejects.toThrow()
  })

  it('gives the last workbench with its moment when the server does not answer, and the answer again afterwards', async () => {
    w.network.set('/api/v1/workbench', json({ today: '2026-11-23' }))
    expect((await w.ask(BENCH))?.headers.get('X-Kezhi-Kept')).toBeNull()
    w.network.set('/api/v1/workbench', 'away')
    const kept = await w.ask(BENCH)
    expect(await kept?.json()).toEqual({ today: '2026-11-23' })
    expect(Number(kept?.headers.get('X-Kezhi-Kept'))).toBeGreaterThan(Date.now() - 60_000)
    w.network.set('/api/v1/workbench', json({ today: '2026-11-24' }))
    expect(await (await w.ask(BENCH))?.json()).toEqual({ today: '2026-11-24' })
  })

  it('keeps neither what is not for the way, nor files, nor failures', async () => {
    for (const [path, answer] of [
      ['/api/v1/customers/7', json({})],
      ['/api/v1/duties/export', json({})],
      ['/api/v1/visits', new Response('no', { status: 500 })],
      ['/api/v1/duties', new Response('<p>', { headers: { 'Content-Type': 'text/html' } })],
    ] as const) {
      w.network.set(path, answer)
      await w.ask(path)
      w.network.set(path, 'away')
      await expect(w.ask(path), path).rejects.toThrow()
    }
  })

  it.each([
    ['signing out', '/api/v1/session', 'DELETE', json({})],
    ['ending all sessions', '/api/v1/sessions', 'DELETE', json({})],
    ['somebody signing in', '/api/v1/session', 'POST', json({})],
    ['a session that has ended', '/api/v1/workbench', 'GET', json({}, 401)],
  ] as const)('forgets what it kept: %s', async (_, path, method, answer) => {
    w.network.set('/api/v1/workbench', json({}))
    await w.ask(BENCH)
    w.network.set(path, answer)
    await w.ask(path, method)
    w.network.set('/api/v1/workbench', 'away')
    await expect(w.ask(BENCH)).rejects.toThrow()
  })

  it('does not keep an answer that was under way when the session ended', async () => {
    let go = () => {}
    w.network.set('/api/v1/workbench', json({}))
    w.hold(new Promise((done) => (go = done)))
    const read = w.ask(BENCH)
    w.hold(undefined)
    await w.ask('/api/v1/session', 'DELETE')
    go()
    await read
    w.network.set('/api/v1/workbench', 'away')
    await expect(w.ask(BENCH)).rejects.toThrow()
  })

  it('gives nothing that is older than an idle session may be', async () => {
    w.network.set('/api/v1/workbench', json({}))
    await w.ask(BENCH)
    const store = w.stores.get('kezhi-reads')
    const [key] = store?.keys() ?? []
    store?.set(key ?? '', new Response('{}', { headers: { 'X-Kezhi-Kept': String(Date.now() - 13 * 3600_000) } }))
    w.network.set('/api/v1/workbench', 'away')
    await expect(w.ask(BENCH)).rejects.toThrow()
  })

  it('takes over only when it is asked to, and then clears what older builds kept', async () => {
    await w.waited('install')
    expect(w.self.skipWaiting).not.toHaveBeenCalled()
    w.say('take-over')
    expect(w.self.skipWaiting).toHaveBeenCalled()
    w.stores.set('kezhi-assets-1', new Map())
    await w.waited('activate')
    expect([...w.stores.keys()].filter((k) => k.startsWith('kezhi-assets'))).toEqual([])
  })
})
