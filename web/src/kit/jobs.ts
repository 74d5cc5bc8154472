import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { http, type Schemas } from '@/api/client'

export type Job = Schemas['JobView']

const POLL_MS = 1000
const IDLE_POLL_MS = 15_000

/** isOver tells whether a job will change no more. */
export const isOver = (j: Job | undefined): boolean =>
  j !== undefined && ['done', 'failed', 'canceled'].includes(j.state)

/** share is the progress of a job in whole percent; undefined while its size is unknown. */
export function share(j: Job): number | undefined {
  if (j.state === 'done') return 100
  return j.total > 0 ? Math.min(100, Math.floor((j.done / j.total) * 100)) : undefined
}

/** jobQuery follows one job and polls until it is over. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', id],
    queryFn: async () => {
      const { data } = await http.GET('/api/v1/jobs/{id}', { params: { path: { id } } })
      return data as Job
    },
    refetchInterval: (q) => (isOver(q.state.data) ? false : POLL_MS),
  })

/** useJobs lists the recent jobs of the person; it polls fast while one runs. */
export function useJobs(watching: boolean) {
  return useQuery({
    queryKey: ['jobs'],
    queryFn: async () => {
      const { data } = await http.GET('/api/v1/jobs')
      return (data as { items: Job[] }).items
    },
    refetchInterval: (q) => {
      const running = q.state.data?.some((j) => !isOver(j)) ?? false
      return running ? POLL_MS * 2 : watching ? IDLE_POLL_MS : false
    },
  })
}

/** useCancelJob asks a job to stop at its next safe point. */
export function useCancelJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => http.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id } } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  })
}
