import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { refreshUnder } from './refresh'

it('reads again a path and all below it, and nothing that only begins alike', async () => {
  const client = new QueryClient()
  const keys = [
    ['get', '/api/v1/cases', { params: {} }],
    ['get', '/api/v1/cases/count'],
    ['get', '/api/v1/cases/{id}'],
    ['get', '/api/v1/cases-of-others'],
    ['get', '/api/v1/inbox'],
    ['jobs'],
  ]
  for (const key of keys) client.setQueryData(key, 1)
  await refreshUnder(client, '/api/v1/cases')
  const stale = keys.filter((k) => client.getQueryState(k)?.isInvalidated).map((k) => k[1])
  expect(stale).toEqual(['/api/v1/cases', '/api/v1/cases/count', '/api/v1/cases/{id}'])
})
