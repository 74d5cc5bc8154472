import { useRef } from 'react'
import { http, newKey } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { sendFiles } from '@/kit/sendFiles'
import { useSettled, type Visit } from '../data'
import type { ActBody, Unsent } from './queue'
import { keeps } from './store'
import { useQueue } from './useQueue'

/** What happens on the spot, where there may be no network. */
const onTheSpot: ActBody['act'][] = ['set_out', 'arrive', 'report']

/**
 * useSend does an act. What happens on the spot goes through the queue: `kept` says that it waits on this device. What is sent again
 * after a lost answer has the key and the moment of the first time. Refusals are thrown.
 */
export function useSend(): (v: Visit, body: ActBody, photos: File[], again?: Unsent) => Promise<'sent' | 'kept'> {
  const { queue } = useQueue()
  const settled = useSettled()
  const [keyFor, done] = useKeyFor()
  const first = useRef({ key: '', at: '' })
  return async (v, said, photos, again) => {
    if (queue && again?.seq !== undefined) {
      await queue.change(again.seq, newKey(), { ...said, at: again.body.at }, photos)
      return 'kept'
    }
    const header = keyFor([v.id, said, photos.map((f) => [f.name, f.size, f.lastModified])])
    const key = header['Idempotency-Key']
    if (first.current.key !== key) first.current = { key, at: new Date().toISOString() }
    const spot = onTheSpot.includes(said.act)
    const body = spot ? { ...said, at: first.current.at } : said
    if (queue && spot && (await keeps())) {
      const how = await queue.add({ key, visit: v, body, photos })
      done()
      return how
    }
    const files = await sendFiles(photos)
    const { data } = await http.POST('/api/v1/visits/{id}/acts', {
      params: { path: { id: v.id }, header },
      body: { ...body, files },
    })
    done()
    if (data) await settled(data)
    return 'sent'
  }
}
