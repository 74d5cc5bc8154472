import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  keysAt,
  kindAt,
  lengthAt,
  lineAt,
  nodeAt,
  type Path,
  pathAtOffset,
  readYaml,
  valueAt,
  wordAt,
  type Yaml,
} from './yaml'
import { insert, move, put, shift, take } from './yamlEdit'

const folder = join(__dirname, '../../../../../rulebooks')
const books = readdirSync(folder, { withFileTypes: true })
  .filter((d) => d.isDirectory())
  .slice(0, 4)
  .map((d) => [d.name, readFileSync(join(folder, d.name, 'rulebook.yaml'), 'utf8')] as const)

/** words lists the path of every scalar. */
function words(y: Yaml, path: Path = []): Path[] {
  const kind = kindAt(y, path)
  if (kind === 'map') return keysAt(y, path).flatMap((k) => words(y, [...path, k]))
  if (kind === 'list') return Array.from({ length: lengthAt(y, path) }, (_, i) => words(y, [...path, i])).flat()
  return kind ? [path] : []
}

/** some keeps at most 40 of a list, spread over it: each is parsed again. */
const some = <T>(all: T[]): T[] => all.filter((_, i) => i % Math.ceil(all.length / 40) === 0)

/** holders lists what holds a scalar, once each. */
const holders = (y: Yaml): Path[] =>
  [...new Set(words(y).map((p) => JSON.stringify(p.slice(0, -1))))].map((p) => JSON.parse(p) as Path)

const without = (value: unknown, [step, ...rest]: Path): unknown => {
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, i) => i !== step)
      : value.map((x, i) => (i === step ? without(x, rest) : x))
  }
  const v = value as Record<string, unknown>
  if (rest.length > 0) return { ...v, [String(step)]: without(v[String(step)], rest) }
  return Object.fromEntries(Object.entries(v).filter(([k]) => k !== step))
}

describe.each(books)('%s', (_, source) => {
  const y = readYaml(source)
  test('one word changes one line and nothing else', () => {
    const plain = y.doc.toJS()
    for (const path of some(words(y))) {
      const text = put(y, path, 'x: 1, {y}')
      const z = readYaml(text)
      expect(z.broken, path.join('.')).toBeUndefined()
      expect(wordAt(z, path), path.join('.')).toBe('x: 1, {y}')
      const changed = text.split('\n').filter((l, i) => l !== source.split('\n')[i])
      expect(changed.length, path.join('.')).toBe(1)
      expect(readYaml(put(z, path, wordAt(y, path))).doc.toJS()).toEqual(plain)
    }
  })
  test('what is taken away is gone, the rest stays', () => {
    for (const path of some(words(y))) {
      const holder = path.slice(0, -1)
      if ((kindAt(y, holder) === 'map' ? keysAt(y, holder).length : lengthAt(y, holder)) < 2) continue
      const z = readYaml(take(y, path))
      expect(z.broken, path.join('.')).toBeUndefined()
      expect(z.doc.toJS(), path.join('.')).toEqual(without(y.doc.toJS(), path))
    }
  })
  test('a new key stands in every mapping', () => {
    for (const at of some(holders(y).filter((p) => kindAt(y, p) === 'map'))) {
      const path = at.join('.')
      const z = readYaml(put(y, [...at, 'zzz'], '7.1'))
      expect(z.broken, path).toBeUndefined()
      expect(wordAt(z, [...at, 'zzz'])).toBe('7.1')
      expect(without(z.doc.toJS(), [...at, 'zzz']), path).toEqual(y.doc.toJS())
    }
  })
  test('lists take new entries anywhere, and change order', () => {
    for (const at of some(holders(y).filter((p) => kindAt(y, p) === 'list'))) {
      const path = at.join('.')
      const n = lengthAt(y, at)
      for (const i of [0, 1, n]) {
        const z = readYaml(insert(y, at, i, { code: 'N', at_least: '5' }))
        expect(z.broken, `${path} ${i}`).toBeUndefined()
        const list = valueAt(y, at) as unknown[]
        expect(valueAt(z, at), `${path} ${i}`).toEqual([
          ...list.slice(0, i),
          { code: 'N', at_least: '5' },
          ...list.slice(i),
        ])
      }
      if (n < 2) continue
      const list = [...(valueAt(y, at) as unknown[])]
      const m = readYaml(move(y, at, 0, n - 1))
      expect(m.broken, path).toBeUndefined()
      ;[list[0], list[n - 1]] = [list[n - 1], list[0]]
      expect(valueAt(m, at)).toEqual(list)
    }
  })
  test('the path at the place of a word is its path', () => {
    for (const path of some(words(y))) {
      expect(pathAtOffset(y, nodeAt(y, path)?.range?.[0] ?? 0)).toEqual([...path])
      expect(lineAt(y, path)).toBeGreaterThan(0)
    }
  })
})

test('steps change places with what is written below them', () => {
  const text =
    'p:\n  steps:\n    a: {do: fill} # first\n    b:\n      do: decide\n      next:\n        - {to: a}\n    c: {do: answer}\nends: {x: {good: true}, y: {}}\n'
  const moved = shift(readYaml(text), ['p', 'steps'], 0, 2)
  expect(keysAt(readYaml(moved), ['p', 'steps'])).toEqual(['b', 'c', 'a'])
  expect(valueAt(readYaml(moved), ['p', 'steps', 'b'])).toEqual({ do: 'decide', next: [{ to: 'a' }] })
  expect(moved).toContain('a: {do: fill} # first')
  expect(shift(readYaml(moved), ['p', 'steps'], 2, 0)).toBe(text)
  expect(move(readYaml(text), ['ends'], 0, 1)).toContain('ends: {y: {}, x: {good: true}}')
  expect(shift(readYaml(text), ['p', 'steps'], 1, 9)).toBe(shift(readYaml(text), ['p', 'steps'], 1, 2))
})

test('comments and layout stay', () => {
  const text = '# head\na:\n  one: {x: 1,   y: 2} # why\n\n  # about two\n  two: 5_000 # many\n'
  expect(put(readYaml(text), ['a', 'two'], '6_000')).toBe(text.replace('5_000', '6_000'))
  expect(put(readYaml(text), ['a', 'one', 'clause'], '3.1')).toBe(text.replace('y: 2}', 'y: 2, clause: "3.1"}'))
  expect(take(readYaml(text), ['a', 'two'])).toBe('# head\na:\n  one: {x: 1,   y: 2} # why\n')
})

test('what is not there yet is made with what holds it', () => {
  const text = put(readYaml('rulebook: x\n'), ['settings', 'visit', 'value'], 'P1M')
  expect(text).toBe('rulebook: x\nsettings:\n  visit: {value: P1M}\n')
  expect(put(readYaml(text), ['settings', 'call', 'value'], 'P2M')).toBe(`${text.trimEnd()}\n  call: {value: P2M}\n`)
  expect(put(readYaml('a: 1\nduties:\n'), ['duties', 0, 'do'], 'call')).toBe('a: 1\nduties:\n  - {do: call}\n')
  expect(insert(readYaml('a: []\n'), ['a'], 0, 'x, y')).toBe('a: ["x, y"]\n')
  expect(take(readYaml('a: 1\nb:\n  - x\n'), ['b', 0])).toBe('a: 1\n')
})

test('a text that cannot be read says where', () => {
  expect(readYaml('a: 1\nb: {c: 1\nd: 2\n').broken?.line).toBeGreaterThan(1)
})
