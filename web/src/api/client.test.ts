import { QueryClient } from '@tanstack/react-query'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { http, newKey, queryOf, refreshUnder, send } from './client'
import { ApiError, problemOf } from './error'
import { isWaiting, signInDone } from './session'

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } })
const answers = (...list: Response[]) => {
  const fetch = vi.fn(async (_: Request) => list.shift() ?? json(500, {}))
  vi.stubGlobal('fetch', fetch)
  return fetch
}
afterEach(() => vi.unstubAllGlobals())

describe('problems', () => {
  it('are thrown with code, arguments and fields', async () => {
    answers(
      json(422, {
        status: 422,
        code: 'user.refused',
        args: { name: '林' },
        fields: [{ path: 'login', code: 'field.invalid' }],
      }),
    )
    const e = await http.POST('/api/v1/session', { body: { login: '', password: '' } }).catch((x) => x)
    expect(e).toBeInstanceOf(ApiError)
    expect(e).toMatchObject({
      status: 422,
      code: 'user.refused',
      args: { name: '林' },
      fields: [{ path: 'login', code: 'field.invalid', args: {} }],
    })
  })
  it('without a readable body get the general code of their status', () => {
    expect(problemOf(404, '<html>').code).toBe('request.not_found')
    expect(problemOf(412, undefined).code).toBe('request.conflict')
    expect(problemOf(503, null).code).toBe('server.unavailable')
    expect(problemOf(500, { code: '' }).code).toBe('server.failed')
    expect(problemOf(400, { fields: 'x' }).fields).toEqual([])
  })
})

describe('an expired session', () => {
  const request = () => new Request('http://127.0.0.1/api/v1/jobs', { method: 'POST', body: '{"typed":1}' })
  it('holds the request until somebody signs in, then sends it again whole', async () => {
    const fetch = answers(json(401, {}), json(200, { ok: true }))
    const done = send(request())
    await vi.waitFor(() => expect(isWaiting()).toBe(true))
    signInDone(true)
    expect((await done).status).toBe(200)
    expect(await fetch.mock.calls[1]?.[0].text()).toBe('{"typed":1}')
  })
  it('lets it fail when they leave', async () => {
    const fetch = answers(json(401, {}))
    const done = send(request())
    await vi.waitFor(() => expect(isWaiting()).toBe(true))
    signInDone(false)
    expect((await done).status).toBe(401)
    expect(fetch).toHaveBeenCalledOnce()
  })
  it('is not assumed for a refused sign-in', async () => {
    answers(json(401, { code: 'session.refused' }))
    expect((await send(new Request('http://127.0.0.1/api/v1/session', { method: 'POST' }))).status).toBe(401)
    expect(isWaiting()).toBe(false)
  })
})

it('makes idempotency keys that differ', () => {
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
  expect(newKey()).not.toBe(newKey())
})

it('lists travel as the API reads them', () => {
  expect(
    queryOf({
      state: ['missed', 'late'],
      filter: ['name:contains:a,b', 'kind:in:x'],
      q: '甲',
      none: undefined,
      no: [],
      n: 0,
    }),
  ).toBe('state=missed%2Clate&filter=name%3Acontains%3Aa%2Cb&filter=kind%3Ain%3Ax&q=%E7%94%B2&n=0')
})

describe('refreshUnder', () => {
  it('reaches whatever lies below a path, and nothing beside it', async () => {
    const client = new QueryClient()
    const paths = ['/api/v1/cases', '/api/v1/cases/count', '/api/v1/cases/{id}', '/api/v1/inbox', '/api/v1/duties']
    for (const p of paths) client.setQueryData(['get', p, {}], 1)
    client.setQueryData(['me'], 1)
    await refreshUnder(client, ['/api/v1/cases', '/api/v1/inbox'])
    const stale = (p: string) => client.getQueryState(['get', p, {}])?.isInvalidated
    expect(paths.map(stale)).toEqual([true, true, true, true, false])
    expect(client.getQueryState(['me'])?.isInvalidated).toBe(false)
  })
})
