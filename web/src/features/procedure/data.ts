import { useQueryClient } from '@tanstack/react-query'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { answersOf as answersFor, type Field, type Values } from '@/kit/formAnswers'
import { sendFiles } from '@/kit/sendFiles'
import { useText } from '@/kit/text'

export type { Field, Values }
export type Case = Schemas['ProcedureCaseView']
export type CaseRecord = Schemas['ProcedureRecordView']
export type Definition = Schemas['FlowDefinition']
export type Form = Schemas['FlowForm']
export type Task = Schemas['ProcedureTaskView']
export type May = Schemas['ProcedureMayView']
export type InboxItem = Schemas['ProcedureInboxItemView']
export type Startable = Schemas['ProcedureStartableView']
export type ActBody = Schemas['ProcedureActBody']
export type Register = Schemas['ProcedureRegisterView']

export const REGISTER_PATH = '/api/v1/registers/{rulebook}/{procedure}'

export const useCase = (id: string) => api.useQuery('get', '/api/v1/cases/{id}', { params: { path: { id } } })

export const usePeople = () => api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })

export const useUnits = () => api.useQuery('get', '/api/v1/units', {}, { staleTime: 300_000 })

/** useUnitName gives the name of a unit in the language of the page. */
export function useUnitName(): (u: Schemas['OrgUnitView']) => string {
  const text = useText()
  return (u) => text({ zh: u.name_zh, en: u.name_en })
}

/** usePostNames gives the words of the posts that rulebooks name. */
export function usePostNames(): Record<string, string> {
  const text = useText()
  const { data } = api.useQuery('get', '/api/v1/posts', {}, { staleTime: 300_000 })
  return Object.fromEntries((data?.items ?? []).map((p) => [p.post, text(p.title)]))
}

/** useRefresh reads again whatever shows cases, after something was done. */
export const useRefresh = () => useRefreshUnder('/api/v1/cases', '/api/v1/inbox')

/**
 * useAct sends an act on a case and puts the answer in the place of the case. One key serves until it succeeds, so that
 * what went through unseen is not done twice.
 */
export function useAct(id: string): (body: ActBody) => Promise<void> {
  const client = useQueryClient()
  const refresh = useRefresh()
  const [keyFor, done] = useKeyFor()
  return async (body) => {
    const { data } = await http.POST('/api/v1/cases/{id}/acts', {
      params: { path: { id }, header: keyFor(body) },
      body,
    })
    done()
    if (data) client.setQueryData(['get', '/api/v1/cases/{id}', { params: { path: { id } } }], data)
    void refresh()
  }
}

/** answersOf turns what a form holds into answers, after its files have gone up. */
export const answersOf = (fields: Field[], values: Values): Promise<Values> => answersFor(fields, values, sendFiles)

/** The form of a step or of the start; undefined when it has none. */
export const formOf = (d: Definition | null | undefined, key: string | undefined): Form | undefined =>
  d?.forms?.find((f) => f.key === key)

/** useRefreshLines reads again what shows lines of registers, which are cases too. */
export const useRefreshLines = () => useRefreshUnder('/api/v1/registers', '/api/v1/cases', '/api/v1/inbox')
