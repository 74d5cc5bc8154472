import { Fragment } from 'react'
import { api, type Schemas } from '@/api/client'
import { NONE } from '@/kit/format'
import { Amount } from '@/kit/Money'

export type Statistics = Schemas['ComplaintStatistics']
export type Line = Schemas['ComplaintLine']
export type Standing = Schemas['ComplaintStanding']
export type Made = Schemas['ComplaintTableView']
export type Measure = Schemas['ComplaintMeasure']
export type Prevention = Schemas['ComplaintPrevention']

export const useMade = () => api.useQuery('get', '/api/v1/complaints/tables')

/** Amounts, one for each currency. */
export function Sums({ list }: { list: Schemas['ComplaintSum'][] | null }) {
  if (!list?.length) return <span className="num none">{NONE}</span>
  return list.map((s, i) => (
    <Fragment key={s.currency}>
      {i > 0 && ' + '}
      <Amount value={s.amount} currency={s.currency} />
    </Fragment>
  ))
}
