import { afterEach, describe, expect, it, vi } from 'vitest'
import { dispatch, listShortcuts, register, suspend } from './shortcuts'

const press = (key: string, o: KeyboardEventInit & { on?: Element } = {}, now = 0) => {
  const e = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...o })
  Object.defineProperty(e, 'target', { value: o.on ?? document.body })
  return dispatch(e, now)
}
const off: (() => void)[] = []
const on = (keys: string) => {
  const run = vi.fn()
  off.push(register({ keys, run, label: keys }))
  return run
}
afterEach(() => {
  for (const f of off.splice(0)) f()
})

describe('shortcuts', () => {
  it('run, the latest one first, and cease when taken away', () => {
    const first = on('j')
    const second = on('j')
    press('j')
    expect(first).not.toHaveBeenCalled()
    expect(second).toHaveBeenCalledOnce()
    expect(listShortcuts()).toHaveLength(2)
    off.pop()?.()
    press('j')
    expect(first).toHaveBeenCalledOnce()
  })
  it('leave plain letters to fields, but not chords', () => {
    const plain = on('j')
    const chord = on('mod+k')
    const field = document.createElement('input')
    press('j', { on: field })
    press('k', { on: field, ctrlKey: true })
    expect(plain).not.toHaveBeenCalled()
    expect(chord).toHaveBeenCalledOnce()
  })
  it('know sequences, within their time', () => {
    const go = on('g c')
    press('g', {}, 0)
    press('c', {}, 500)
    expect(go).toHaveBeenCalledOnce()
    press('g', {}, 1000)
    press('c', {}, 3000)
    expect(go).toHaveBeenCalledOnce()
  })
  it('wait while a dialog is open and while Chinese is composed', () => {
    const run = on('j')
    const resume = suspend()
    press('j')
    resume()
    press('j', { isComposing: true })
    expect(run).not.toHaveBeenCalled()
    press('j')
    expect(run).toHaveBeenCalledOnce()
  })
})
