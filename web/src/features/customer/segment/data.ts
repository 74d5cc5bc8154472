import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, http, type Schemas, useRefreshUnder } from '@/api/client'

export type Segment = Schemas['SegmentView']
export type Group = Schemas['SegmentGroup']
export type Measure = Schemas['SegmentMeasure']

const MINUTE_MS = 60_000

/** useSegments lists the segments that are in use. */
export const useSegments = (enabled = true) =>
  api.useQuery('get', '/api/v1/segments', {}, { staleTime: MINUTE_MS, enabled })

/** useReloadSegments loads the segments again, and the lists that are filtered by them. */
export const useReloadSegments = () => useRefreshUnder('/api/v1/segments', '/api/v1/customers')

/** usePreview counts who meets the conditions today, as they are built; undefined while they are incomplete. */
export function usePreview(groups: Group[]) {
  const ready = groups.length > 0 && groups.every(isComplete)
  return useQuery({
    queryKey: ['segment-preview', groups],
    queryFn: async ({ signal }) => (await http.POST('/api/v1/segments/preview', { body: { groups }, signal })).data,
    enabled: ready,
    placeholderData: keepPreviousData,
    staleTime: MINUTE_MS,
    retry: false,
  })
}

/** isComplete tells whether a group says something and each of its measures has a bound. */
export const isComplete = (g: Group): boolean =>
  g.conditions.length + g.measures.length > 0 && g.measures.every((m) => m.of.length > 0 && boundOf(m).value !== '')

export const bounds = ['at_least', 'above', 'at_most', 'below'] as const
export type Bound = (typeof bounds)[number]

/** boundOf gives the first bound that is written; a fresh measure has an empty lower one. */
export function boundOf(m: Measure): { op: Bound; value: string } {
  for (const op of bounds) if (m[op] !== undefined) return { op, value: m[op] ?? '' }
  return { op: 'at_least', value: '' }
}

/** withBound puts one bound in the place of those a measure has. */
export function withBound(m: Measure, op: Bound, value: string): Measure {
  const { at_least: _a, above: _b, at_most: _c, below: _d, ...rest } = m
  return { ...rest, [op]: value }
}

/** What can be worked out, as one choice: what is done and the field it reads. */
export const works = [
  'sum:amount',
  'count:',
  'average:amount',
  'max:amount',
  'last:amount',
  'sum:quantity',
  'distinct:month',
  'distinct:product',
  'days_since:last',
  'days_since:first',
] as const

export const workOf = (m: Measure): string => `${m.do}:${m.field ?? ''}`

/** withWork sets what a measure does; the currency belongs to amounts alone. */
export function withWork(m: Measure, work: string): Measure {
  const [verb = 'count', field = ''] = work.split(':')
  const { field: _f, unit: _u, ...rest } = m
  const amount = field === 'amount'
  return {
    ...rest,
    do: verb as Measure['do'],
    ...(field ? { field } : {}),
    ...(amount ? { unit: m.unit ?? 'CNY' } : {}),
  }
}

export const windows = ['P1M', 'P3M', 'P6M', 'P12M', 'P24M', 'year', 'last_year', ''] as const

export const fresh = (): Measure => ({
  do: 'sum',
  field: 'amount',
  of: ['order'],
  window: 'P12M',
  unit: 'CNY',
  at_least: '',
})
