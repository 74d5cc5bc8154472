import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import type { StatusTone } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import type { Step } from './routes'

export type Import = Schemas['ImporterView']
export type State = Import['state']
export type Settings = Schemas['ImporterSettings']
export type Counts = Schemas['ImporterCounts']
export type Preview = Schemas['ImporterPreviewView']
export type Field = Schemas['ImporterFieldView']
export type Line = Schemas['ImporterLineView']

export const CUSTOMERS = 'customers'
/** What the reader of files understands. */
export const ACCEPT = '.csv,.tsv,.txt,.xlsx,.gz'
export const MAX_UPLOAD_BYTES = 512 * 1024 * 1024

export const tones: Record<State, StatusTone> = {
  uploaded: 'neutral',
  checking: 'active',
  checked: 'active',
  queued: 'active',
  running: 'active',
  done: 'ok',
  failed: 'bad',
  canceled: 'neutral',
  reverting: 'active',
  reverted: 'neutral',
}

/** States in which a job works on the import. */
export const isBusy = (s: State): boolean => ['checking', 'queued', 'running', 'reverting'].includes(s)

/** States in which mapping, options and cells may still be changed. */
export const isOpen = (s: State): boolean => ['uploaded', 'checked', 'failed', 'canceled'].includes(s)

const finished: State[] = ['queued', 'running', 'done', 'reverting', 'reverted']

/** stepOf is the step to show: the one asked for where the state allows it, else the one that is due. */
export function stepOf(state: State, asked?: Step): Step {
  if (finished.includes(state)) return 'result'
  if (state === 'checking') return 'check'
  if (state === 'uploaded') return 'map'
  if (state === 'checked') return asked === 'map' ? 'map' : 'check'
  return asked === 'map' ? 'map' : 'result'
}

/** ready is how many lines a run would bring in or find unchanged. */
export const ready = (c: Counts): number => c.imported + c.unchanged

/** Something that can be imported, with its name in the language of the page. */
export interface Target {
  key: string
  label: string
}

/** useTargets lists what can be imported: customers first, then every kind of fact. */
export function useTargets() {
  const { t } = useTranslation()
  const words = useText()
  const kinds = api.useQuery('get', '/api/v1/fact-kinds', {}, { staleTime: 300_000 })
  const items: Target[] = [
    { key: CUSTOMERS, label: t('importer.target.customers') },
    ...(kinds.data?.items ?? []).map((k) => ({ key: k.kind, label: words({ zh: k.label_zh, en: k.label_en }) })),
  ]
  return { ...kinds, items, label: (key: string) => items.find((i) => i.key === key)?.label ?? '' }
}

const ofOne = (id: string) => ({ params: { path: { id } } })

/** useImport follows one import; while a job works on it it is read again every second and a half. */
export function useImport(id: string) {
  return api.useQuery('get', '/api/v1/imports/{id}', ofOne(id), {
    refetchInterval: (q) => (q.state.data && isBusy(q.state.data.state) ? 1500 : false),
  })
}

/** putImport takes over an import as an answer of the server gave it. */
export function putImport(client: QueryClient, m: Import): void {
  client.setQueryData(api.queryOptions('get', '/api/v1/imports/{id}', ofOne(m.id)).queryKey, m)
}

/** useRefresh reads an import, its rows and the history again. */
export function useRefresh(id: string): () => Promise<unknown> {
  const client = useQueryClient()
  return useCallback(
    () =>
      Promise.all([
        client.invalidateQueries({ queryKey: api.queryOptions('get', '/api/v1/imports/{id}', ofOne(id)).queryKey }),
        client.invalidateQueries({ queryKey: ['get', '/api/v1/imports/{id}/rows'] }),
        client.invalidateQueries({ queryKey: ['get', '/api/v1/imports'] }),
        client.invalidateQueries({ queryKey: ['jobs'], exact: true }),
      ]),
    [client, id],
  )
}

/** useFieldLabel names a field of an import in the language of the page; a further column by its own header. */
export function useFieldLabel(fields: Field[] | undefined): (name: string) => string {
  const words = useText()
  return (name) => {
    const f = fields?.find((x) => x.name === name)
    return f ? words({ zh: f.label_zh, en: f.label_en }) : name.replace(/^(?:attr|custom)\./, '')
  }
}
