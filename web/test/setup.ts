import { parts } from 'virtual:messages'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeAll, vi } from 'vitest'
import { needWords, startI18n } from '@/app/i18n'

vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
}))
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)

beforeAll(async () => {
  await startI18n('zh')
  await needWords(...Object.keys(parts.zh))
})
afterEach(() => {
  cleanup()
  localStorage.clear()
})
