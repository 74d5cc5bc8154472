/** What is selected in a list: some rows by id, or every result of the current filter (`all`). */
export interface Selection {
  all: boolean
  ids: string[]
}

/** Nothing selected. */
export const nothing: Selection = { all: false, ids: [] }

/** selectedCount is the number of selected records; `total` counts the results of the filter. */
export const selectedCount = (s: Selection, total: number | undefined): number => (s.all ? (total ?? 0) : s.ids.length)

/** toggleRow selects or releases one row; releasing one of "all" keeps the loaded others. */
export function toggleRow(s: Selection, id: string, loaded: string[]): Selection {
  if (s.all) return { all: false, ids: loaded.filter((k) => k !== id) }
  return { all: false, ids: s.ids.includes(id) ? s.ids.filter((k) => k !== id) : [...s.ids, id] }
}
