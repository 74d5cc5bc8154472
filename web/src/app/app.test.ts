import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { safeNext } from '@/features/session/SignInPage'
import type { Command } from '@/kit/commands'
import { initial } from './initial'
import { arrange } from './Omni'
import { recall, remember } from './recent'
import { listSearch, parseSearch, stringifySearch, viewState } from './search'
import { type Palette, palettes } from './theme'

const css = readFileSync('src/app/tokens.css', 'utf8')
const block = (selector: string) =>
  css.slice(css.indexOf(`${selector} {`), css.indexOf('}', css.indexOf(`${selector} {`)))

/** Relative luminance as WCAG defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const v = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m) as [number, number]
  return (x + 0.05) / (y + 0.05)
}

describe.each(['light', 'dark'] as const)('theme %s', (name) => {
  const p = palettes[name]
  it('has the same values in the style sheet', () => {
    const text = block(name === 'light' ? ':root' : '[data-theme="dark"]')
    for (const [k, v] of Object.entries(p)) expect(text).toContain(`--${k}: ${v};`)
  })
  it('reads well: text 4.5 to 1 on every ground it stands on, dots 3 to 1', () => {
    const texts: [keyof Palette, (keyof Palette)[]][] = [
      ['ink', ['surface', 'ground', 'rail', 'raised', 'hover', 'brand-soft']],
      ['muted', ['surface', 'ground', 'rail', 'raised', 'hover']],
      ['brand-ink', ['surface', 'ground', 'raised', 'brand-soft']],
      ['ok-ink', ['surface', 'ok-soft']],
      ['warn-ink', ['surface', 'warn-soft']],
      ['bad-ink', ['surface', 'bad-soft']],
    ]
    for (const [t, grounds] of texts)
      for (const g of grounds) expect(contrast(p[t], p[g]), `${t} on ${g}`).toBeGreaterThanOrEqual(4.5)
    for (const d of ['brand', 'ok', 'warn', 'bad'] as const)
      expect(contrast(p[d], p.surface), d).toBeGreaterThanOrEqual(3)
    expect(contrast('#ffffff', p['brand-solid'])).toBeGreaterThanOrEqual(4.5)
  })
})

describe('the URL', () => {
  it('keeps long ids and leading zeros as texts', () => {
    expect(parseSearch('?open=1234567890123456789&q=007')).toEqual({ open: '1234567890123456789', q: '007' })
  })
  it('writes lists as repeated names and leaves out what is empty', () => {
    const s = { q: '', filter: ['grade:in:A,B', 'x:is:甲'], sort: undefined }
    expect(stringifySearch(s)).toBe('?filter=grade:in:A,B&filter=x:is:%E7%94%B2')
    expect(parseSearch(stringifySearch(s)).filter).toEqual(s.filter)
  })
  it('gives lists for single conditions and drops strangers', () => {
    expect(listSearch({ filter: 'grade:in:A', evil: 'x', sort: ['a', 'b'] })).toEqual({
      filter: ['grade:in:A'],
      sort: 'a',
      q: undefined,
      view: undefined,
      open: undefined,
    })
  })
  it('stores in a view what was searched, not what is open', () => {
    expect(viewState({ q: 'a', open: '1', view: '2' })).toBe('q=a')
  })
})

describe('the frame', () => {
  it('follows only paths of this application after signing in', () => {
    expect(safeNext('/customers?q=a')).toBe('/customers?q=a')
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', undefined])
      expect(safeNext(bad)).toBe('/')
  })
  it('shows a person by the given name in Chinese, by the first letter otherwise', () => {
    expect([initial('林晓东'), initial('mary'), initial('')]).toEqual(['东', 'M', ''])
  })
  it('remembers the last five commands, each once', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) remember(id)
    expect(recall()).toEqual(['b', 'f', 'e', 'd', 'c'])
  })
  it('orders the command menu: recent first without a query, records found first with one', () => {
    const c = (id: string, group: Command['group'], label = id): Command => ({ id, label, group, run: () => {} })
    remember('go.customer')
    const list = [c('act', 'act', '记录拜访'), c('go.customer', 'go', '客户')]
    expect(arrange('', list, []).map((x) => x.group)).toEqual(['recent', 'act', 'go'])
    expect(arrange('客户', list, [c('1', 'found', '启明')]).map((x) => x.id)).toEqual(['1', 'go.customer'])
  })
})
