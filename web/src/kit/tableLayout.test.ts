import { describe, expect, it } from 'vitest'
import { nothing, selectedCount, toggleRow } from './selection'
import { arrange, type Column, MIN_WIDTH, move, nextSort, readLayout, resize, toggle, writeLayout } from './tableLayout'

const col = (key: string, o: Partial<Column<object>> = {}): Column<object> => ({
  key,
  title: key,
  width: 100,
  render: () => null,
  ...o,
})
const columns = [col('name', { fixed: true, locked: true }), col('a'), col('b'), col('c', { optional: true })]
const keys = (l: object) => arrange(columns, l).map((c) => c.key)

describe('columns', () => {
  it('show all but the optional ones at first', () => expect(keys({})).toEqual(['name', 'a', 'b']))
  it('hide, show and never hide a locked one', () => {
    expect(keys(toggle(columns, {}, 'a'))).toEqual(['name', 'b'])
    expect(keys(toggle(columns, {}, 'c'))).toEqual(['name', 'a', 'b', 'c'])
    expect(keys({ hidden: ['name'] })).toContain('name')
  })
  it('move among the movable ones and stop at the edges', () => {
    const moved = move(columns, {}, 'b', -1)
    expect(keys(moved)).toEqual(['name', 'b', 'a'])
    expect(move(columns, moved, 'b', -1)).toBe(moved)
  })
  it('keep columns that a stored layout does not know', () =>
    expect(keys({ order: ['b', 'gone'] })).toEqual(['name', 'b', 'a']))
  it('keep widths within bounds', () => {
    expect(arrange(columns, resize({}, 'a', 3))[1]?.width).toBe(MIN_WIDTH)
    expect(arrange(columns, resize({}, 'a', 222.4))[1]?.width).toBe(222)
  })
  it('survive storage, and rubbish in it', () => {
    writeLayout('t', { hidden: ['a'] })
    expect(readLayout('t')).toEqual({ hidden: ['a'] })
    localStorage.setItem('kezhi.table.t', '{oops')
    expect(readLayout('t')).toEqual({})
  })
})

describe('order', () => {
  it('goes up, down, away', () => {
    expect(nextSort(undefined, 'a')).toBe('a')
    expect(nextSort('a', 'a')).toBe('-a')
    expect(nextSort('-a', 'a')).toBeUndefined()
    expect(nextSort('-b', 'a')).toBe('a')
  })
})

describe('selection', () => {
  it('toggles rows, and leaves "all" with the loaded others', () => {
    const one = toggleRow(nothing, '1', ['1', '2'])
    expect(one).toEqual({ all: false, ids: ['1'] })
    expect(toggleRow(one, '1', ['1', '2'])).toEqual(nothing)
    expect(toggleRow({ all: true, ids: [] }, '1', ['1', '2', '3'])).toEqual({ all: false, ids: ['2', '3'] })
  })
  it('counts all results when all are selected', () => {
    expect(selectedCount({ all: true, ids: [] }, 2013)).toBe(2013)
    expect(selectedCount({ all: false, ids: ['1'] }, 2013)).toBe(1)
  })
})
