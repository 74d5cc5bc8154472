const KEY = 'kezhi.recent'
const KEPT = 5

/** recall lists the ids of the commands that were run last, the latest first. */
export function recall(): string[] {
  try {
    const v: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(v) ? v.filter((x): x is string => typeof x === 'string').slice(0, KEPT) : []
  } catch {
    return []
  }
}

/** remember puts a command in front of the recent ones. */
export function remember(id: string): void {
  localStorage.setItem(KEY, JSON.stringify([id, ...recall().filter((x) => x !== id)].slice(0, KEPT)))
}
