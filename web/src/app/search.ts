/**
 * The part of the URL after `?`. Values are texts, never guessed to be numbers: ids have 19 digits.
 * A repeated name is a list: `?filter=grade:in:A&filter=region:in:44`.
 */
export type Search = Record<string, unknown>

/** parseSearch reads a query string; a name that occurs once is a text, else a list of texts. */
export function parseSearch(query: string): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {}
  for (const [k, v] of new URLSearchParams(query)) {
    const before = out[k]
    out[k] = before === undefined ? v : Array.isArray(before) ? [...before, v] : [before, v]
  }
  return out
}

/** stringifySearch writes a query string; empty, absent and empty-list values are left out. */
export function stringifySearch(search: Search): string {
  const q = new URLSearchParams()
  for (const [k, v] of Object.entries(search)) {
    for (const one of Array.isArray(v) ? v : [v]) {
      if (one !== undefined && one !== null && one !== '') q.append(k, String(one))
    }
  }
  const text = q.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')
  return text ? `?${text}` : ''
}

/** text reads one text of a search. */
export function text(v: unknown): string | undefined {
  const one = Array.isArray(v) ? v[0] : v
  return typeof one === 'string' && one !== '' ? one : undefined
}

/** texts reads a list of texts; a single one becomes a list. */
export function texts(v: unknown): string[] | undefined {
  const list = (Array.isArray(v) ? v : [v]).filter((x): x is string => typeof x === 'string' && x !== '')
  return list.length > 0 ? list : undefined
}

/** oneOf reads a text that must be among the given ones. */
export function oneOf<T extends string>(v: unknown, allowed: readonly T[]): T | undefined {
  const t = text(v)
  return allowed.find((a) => a === t)
}

/** What every list keeps in the URL: search text, conditions, order, chosen view, record shown beside it. */
export interface ListSearch {
  q?: string
  filter?: string[]
  sort?: string
  view?: string
  open?: string
}

/** listSearch reads a ListSearch; use it as `validateSearch` of a list's route. */
export const listSearch = (s: Search): ListSearch => ({
  q: text(s.q),
  filter: texts(s.filter),
  sort: text(s.sort),
  view: text(s.view),
  open: text(s.open),
})

/** viewState is the part of a list's search that a saved view stores. */
export const viewState = (s: ListSearch): string => stringifySearch({ q: s.q, filter: s.filter, sort: s.sort }).slice(1)
