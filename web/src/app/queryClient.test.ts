import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { noteRead } from '@/api/kept'
import { queryClient } from './queryClient'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  queryClient.clear()
  vi.useRealTimers()
})

const kept = () => noteRead(new Headers({ 'X-Kezhi-Kept': String(Date.now()) }))
const live = () => noteRead(new Headers())

it('what is shown of the service worker is read anew when the server answers again, on a bad line not without end', async () => {
  let reads = 0
  const watch = new QueryObserver(queryClient, { queryKey: ['panel'], queryFn: async () => ++reads }).subscribe(
    () => {},
  )
  await vi.advanceTimersByTimeAsync(0)
  live()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toBe(1)
  kept()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toBe(1)
  live()
  await vi.advanceTimersByTimeAsync(0)
  expect(reads).toBe(2)
  for (let i = 0; i < 20; i++) {
    kept()
    live()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(reads).toBe(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(reads).toBe(3)
  watch()
})
