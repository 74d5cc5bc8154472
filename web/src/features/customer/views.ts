import { useQueryClient } from '@tanstack/react-query'
import { api, http, type Schemas } from '@/api/client'
import { type ListSearch, viewState } from '@/app/search'
import type { SavedView } from '@/kit/SavedViews'
import type { TableLayout } from '@/kit/tableLayout'

const PAGE = 'customers'
const LAYOUT = 'columns'

/** stateOf writes what a view keeps: search, conditions, order and, when the columns were arranged, the columns. */
export function stateOf(s: ListSearch, layout: TableLayout | undefined): string {
  const q = new URLSearchParams(viewState(s))
  if (layout && Object.keys(layout).length > 0) q.set(LAYOUT, JSON.stringify(layout))
  return q.toString()
}

/** readState is the inverse of stateOf; what cannot be read is left out. */
export function readState(state: string): { search: ListSearch; layout: TableLayout | undefined } {
  const q = new URLSearchParams(state)
  const filter = q.getAll('filter')
  let layout: TableLayout | undefined
  try {
    layout = JSON.parse(q.get(LAYOUT) ?? 'null') ?? undefined
  } catch {
    layout = undefined
  }
  return {
    search: {
      q: q.get('q') ?? undefined,
      filter: filter.length > 0 ? filter : undefined,
      sort: q.get('sort') ?? undefined,
    },
    layout,
  }
}

function viewOf(v: Schemas['ViewRow']): SavedView & { version: number } {
  const kept = v.query as { state?: unknown } | null
  return {
    id: v.id,
    name: v.name,
    shared: v.shared,
    mine: v.mine,
    first: v.default,
    version: v.version,
    state: typeof kept?.state === 'string' ? kept.state : '',
  }
}

/** useViews keeps the saved views of the customer list on the server. */
export function useViews() {
  const client = useQueryClient()
  const query = api.useQuery('get', '/api/v1/views', { params: { query: { page: PAGE } } }, { staleTime: 60_000 })
  const views = query.data?.items.map(viewOf)
  const again = () => client.invalidateQueries({ queryKey: ['get', '/api/v1/views'] })
  const target = (v: SavedView) => ({
    path: { id: v.id },
    header: { 'If-Match': `"${views?.find((x) => x.id === v.id)?.version}"` },
  })
  return {
    views,
    save: async (v: SavedView) => {
      await http.PATCH('/api/v1/views/{id}', { params: target(v), body: { query: { state: v.state } } })
      await again()
    },
    saveAs: async (name: string, shared: boolean, state: string) => {
      const { data } = await http.POST('/api/v1/views', { body: { page: PAGE, name, shared, query: { state } } })
      await again()
      return data?.id
    },
    setFirst: async (v: SavedView, first: boolean) => {
      await http.PATCH('/api/v1/views/{id}', { params: target(v), body: { default: first } })
      await again()
    },
    remove: async (v: SavedView) => {
      await http.DELETE('/api/v1/views/{id}', { params: target(v) })
      await again()
    },
  }
}
