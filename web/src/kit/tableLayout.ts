import type { ReactNode } from 'react'

/** One column of a DataTable. Widths are pixels and must fit the wider of the two languages. */
export interface Column<T> {
  key: string
  /** Already translated. */
  title: string
  width: number
  /** Stays at the left edge; give it to the first column. */
  fixed?: boolean
  align?: 'left' | 'right' | 'center'
  sortable?: boolean
  /** Always shown, for example the name. */
  locked?: boolean
  /** Not shown until the person chooses it. */
  optional?: boolean
  render: (row: T) => ReactNode
}

/** What a person changed about the columns; part of a saved view. */
export interface TableLayout {
  order?: string[]
  hidden?: string[]
  widths?: Record<string, number>
}

export const MIN_WIDTH = 56
export const MAX_WIDTH = 640

/** arrange gives the columns to show, in the person's order and widths; unknown keys are ignored, new columns come last. */
export function arrange<T>(columns: Column<T>[], layout: TableLayout): Column<T>[] {
  return ordered(columns, layout)
    .filter((c) => isShown(c, layout))
    .map((c) => ({ ...c, width: clampWidth(layout.widths?.[c.key] ?? c.width) }))
}

/** ordered puts all columns, hidden ones too, into the person's order; fixed columns stay first. */
export function ordered<T>(columns: Column<T>[], layout: TableLayout): Column<T>[] {
  const place = new Map(layout.order?.map((k, i) => [k, i]))
  const rank = (c: Column<T>, i: number) => (c.fixed ? -1 : (place.get(c.key) ?? columns.length + i))
  return columns
    .map((c, i) => ({ c, r: rank(c, i) }))
    .sort((a, b) => a.r - b.r)
    .map((x) => x.c)
}

/** isShown tells whether a column is visible under a layout. */
export function isShown<T>(c: Column<T>, layout: TableLayout): boolean {
  return Boolean(c.locked) || !(layout.hidden ? layout.hidden.includes(c.key) : c.optional)
}

/** toggle shows or hides one column. */
export function toggle<T>(columns: Column<T>[], layout: TableLayout, key: string): TableLayout {
  const hidden = columns.filter((c) => !isShown(c, layout)).map((c) => c.key)
  return { ...layout, hidden: hidden.includes(key) ? hidden.filter((k) => k !== key) : [...hidden, key] }
}

/** move shifts a column by `by` places among the movable ones. */
export function move<T>(columns: Column<T>[], layout: TableLayout, key: string, by: number): TableLayout {
  const keys = ordered(columns, layout)
    .filter((c) => !c.fixed)
    .map((c) => c.key)
  const from = keys.indexOf(key)
  const to = Math.min(keys.length - 1, Math.max(0, from + by))
  if (from < 0 || from === to) return layout
  keys.splice(to, 0, ...keys.splice(from, 1))
  return { ...layout, order: keys }
}

/** resize sets the width of one column within the bounds. */
export function resize(layout: TableLayout, key: string, width: number): TableLayout {
  return { ...layout, widths: { ...layout.widths, [key]: clampWidth(width) } }
}

const clampWidth = (w: number): number => Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(w)))

/** nextSort is the order after a click on a header: ascending, descending, none. Sorts read `key` or `-key`. */
export function nextSort(current: string | undefined, key: string): string | undefined {
  if (current === key) return `-${key}`
  return current === `-${key}` ? undefined : key
}

/** readLayout reads a stored layout; anything unreadable is no layout. */
export function readLayout(id: string): TableLayout {
  try {
    const v: unknown = JSON.parse(localStorage.getItem(`kezhi.table.${id}`) ?? '{}')
    return typeof v === 'object' && v !== null ? (v as TableLayout) : {}
  } catch {
    return {}
  }
}

/** writeLayout stores a layout on this device. */
export const writeLayout = (id: string, l: TableLayout): void =>
  localStorage.setItem(`kezhi.table.${id}`, JSON.stringify(l))
