import { expect, test } from 'vitest'
import { collisions, redo, replace, same, startHistory, undo, write } from './history'

test('typing in one field is one step; another field is another', () => {
  let h = startHistory({ a: '1' })
  h = write(h, 'a', '12', 'a:x')
  h = write(h, 'a', '123', 'a:x')
  h = write(h, 'a', '1234', 'a:y')
  expect(h.past.length).toBe(2)
  h = undo(h)
  expect(h.now.a).toBe('123')
  h = undo(h)
  expect(h.now.a).toBe('1')
  expect(undo(h)).toBe(h)
  h = redo(redo(h))
  expect(h.now.a).toBe('1234')
  h = write(undo(h), 'a', 'other')
  expect(redo(h)).toBe(h)
})

test('a file that is the same is no step; replacing all is one', () => {
  const h = startHistory({ a: '1', b: '' })
  expect(write(h, 'a', '1')).toBe(h)
  expect(replace(h, { a: '1' })).toBe(h)
  expect(undo(replace(h, { a: '2' })).now).toEqual(h.now)
  expect(same({ a: '' }, {})).toBe(true)
})

test('collisions name who changed what', () => {
  expect(collisions({ a: '0', b: '0', c: '0' }, { a: '1', b: '0', c: '1' }, { a: '2', b: '2', c: '1' })).toEqual([
    { file: 'a', mineChanged: true, theirsChanged: true },
    { file: 'b', mineChanged: false, theirsChanged: true },
  ])
})
