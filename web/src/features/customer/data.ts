import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { textIn } from '@/kit/text'

export type Customer = Schemas['CustomerView']
export type CustomerItem = Schemas['CustomerItemView']
export type CustomerWrite = Schemas['CustomerWrite']
export type CustomField = Schemas['CustomerFieldView']
export type RecordView = Schemas['RecordView']
export type Identifier = Schemas['CustomerIdentifierView']

export const statuses = ['prospect', 'active', 'dormant', 'lost'] as const
export const parties = ['org', 'person'] as const

/** phoneOf gives the number to ring: that of the first contact who has one, else the customer's own. */
export const phoneOf = (c: Customer | undefined, r: RecordView | undefined): string | undefined =>
  r?.contacts.find((x) => x.phone)?.phone ?? c?.identifiers.find((n) => n.type === 'phone')?.value

const LONG_MS = 300_000
const FOREVER_MS = 86_400_000

/** useCustomer loads the archive of a customer. */
export const useCustomer = (id: string) =>
  api.useQuery('get', '/api/v1/customers/{id}', { params: { path: { id } } }, { staleTime: 5000 })

/** useRecord loads the 360° page of a customer: figures, chart, contacts, duties, standings. */
export const useRecord = (id: string) =>
  api.useQuery('get', '/api/v1/customers/{id}/record', { params: { path: { id } } }, { staleTime: 5000 })

/** useKinds lists the sorts of customer. */
export const useKinds = () => api.useQuery('get', '/api/v1/customer-kinds', {}, { staleTime: LONG_MS })

/** useColleagues lists everybody who works here, for pickers. */
export const useColleagues = () => api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: LONG_MS })

/** useUnits lists the units of the organisation. */
export const useUnits = () => api.useQuery('get', '/api/v1/units', {}, { staleTime: LONG_MS })

/** useTags lists the tags in use. */
export const useTags = () => api.useQuery('get', '/api/v1/tags', {}, { staleTime: LONG_MS })

/** useCustomFields lists the fields the company added, the archived ones too. */
export const useCustomFields = () => api.useQuery('get', '/api/v1/custom-fields', {}, { staleTime: LONG_MS })

/** inUse keeps the custom fields that are not archived, in their order. */
export const inUse = (list: CustomField[] | undefined): CustomField[] =>
  (list ?? []).filter((f) => !f.archived).sort((a, b) => a.position - b.position)

/** useFactKinds lists the kinds of fact; nothing to those who may not read facts. */
export const useFactKinds = (enabled: boolean) =>
  api.useQuery('get', '/api/v1/fact-kinds', {}, { staleTime: LONG_MS, enabled })

/** useRefresh loads again whatever shows customers. */
export const useRefresh = () => useRefreshUnder('/api/v1/customers')

/** useTell puts a changed customer at once where it is shown, then loads again what depends on it. */
export function useTell(): (c: Customer) => void {
  const client = useQueryClient()
  return (c) => {
    const { queryKey } = api.queryOptions('get', '/api/v1/customers/{id}', { params: { path: { id: c.id } } })
    client.setQueryData(queryKey, c)
    void client.invalidateQueries({
      predicate: (q) => {
        const [, path] = q.queryKey
        return typeof path === 'string' && path.startsWith('/api/v1/customers') && path !== '/api/v1/customers/{id}'
      },
    })
  }
}

export type CodeTable = 'regions' | 'industries'
export type Code = Schemas['CustomerCodeView']

/** loadCodes lists what lies below a code, or what a search finds. */
export async function loadCodes(table: CodeTable, parent: string, q: string): Promise<Code[]> {
  const query = q ? { q } : { parent }
  const { data } =
    table === 'regions'
      ? await http.GET('/api/v1/codes/regions', { params: { query } })
      : await http.GET('/api/v1/codes/industries', { params: { query } })
  return data?.items ?? []
}

/** useCodeLabels gives the names of codes; a code still being looked up is its own name. */
export function useCodeLabels(table: CodeTable, codes: string[]): (code: string) => string {
  const { i18n } = useTranslation()
  const found = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['code', table, code],
      queryFn: async () => (await loadCodes(table, '', code)).find((c) => c.code === code) ?? null,
      staleTime: FOREVER_MS,
    })),
  })
  return (code) => {
    const row = found[codes.indexOf(code)]?.data
    return row ? textIn(i18n.language, { zh: row.label, en: row.label_en }) || code : code
  }
}

interface Placed {
  region_label: string
  region_label_en: string
  industry_label: string
  industry_label_en: string
}

/** usePlace gives the region and the industry of a customer in the language of the page; `near` is the region without its province. */
export function usePlace() {
  const { i18n } = useTranslation()
  const region = (c: Placed) => textIn(i18n.language, { zh: c.region_label, en: c.region_label_en })
  return {
    region,
    near: (c: Placed) => nearPart(region(c)),
    industry: (c: Placed) => textIn(i18n.language, { zh: c.industry_label, en: c.industry_label_en }),
  }
}

/** nearPart takes the last two names of a region: 广东省 深圳市 南山区 is 深圳市 南山区; the English names stand between strokes. */
export function nearPart(label: string): string {
  const between = label.includes(' / ') ? ' / ' : ' '
  return label.split(between).slice(-2).join(between)
}

/** useNames gives the words of kinds, custom fields and colleagues in the language of the page. */
export function useNames() {
  const { i18n } = useTranslation()
  const kinds = useKinds().data?.items
  const people = useColleagues().data?.items
  const fields = useCustomFields().data?.items
  const label = (x: { label_zh: string; label_en: string } | undefined) =>
    x && textIn(i18n.language, { zh: x.label_zh, en: x.label_en })
  return {
    kind: (code: string) => label(kinds?.find((k) => k.kind === code)) ?? code,
    person: (id: string) => people?.find((p) => p.id === id)?.name ?? id,
    field: (name: string) => label(fields?.find((f) => f.name === name)) || name,
  }
}

/** useReloadFields loads the custom fields again after one was changed. */
export function useReloadFields(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['get', '/api/v1/custom-fields'] })
}
