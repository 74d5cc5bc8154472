import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { http, newKey } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { civil, clockTime, toDate } from '@/kit/format'
import { sendFiles } from '@/kit/sendFiles'
import { useSettled, type Visit } from '../data'
import { type ActBody, asOfNow, type Became, tooLate, type Unsent } from './queue'
import { shrunk } from './shrink'
import { keeps } from './store'
import { useQueue } from './useQueue'

/** What happens on the spot, where there may be no network. */
const onTheSpot: ActBody['act'][] = ['set_out', 'arrive', 'report']

/** useAnew gives what is said of an entry as it may be sent once more: with its moment, unless that lies too far back. */
export function useAnew(): (e: Unsent, said: ActBody) => ActBody {
  const { t } = useTranslation()
  const note = (at: string) => t('unsent.was_at', { at: `${civil(toDate(at))} ${clockTime(toDate(at))}` })
  return (e, said) => {
    const body = { ...said, at: e.body.at }
    return tooLate(e) ? asOfNow(body, note) : body
  }
}

/**
 * useSend does an act. What happens on the spot goes through the queue: `kept` says that it waits on this device. What is sent again
 * after a lost answer has the key and the moment of the first time. Refusals are thrown.
 */
export function useSend(): (v: Visit, body: ActBody, photos: File[], again?: Unsent) => Promise<Became> {
  const { queue } = useQueue()
  const settled = useSettled()
  const anew = useAnew()
  const [keyFor, done] = useKeyFor()
  const first = useRef({ key: '', at: '' })
  return async (v, said, given, again) => {
    const photos = await Promise.all(given.map(shrunk))
    if (queue && again?.seq !== undefined) return queue.change(again.seq, newKey(), anew(again, said), photos)
    const header = keyFor([v.id, said, given.map((f) => [f.name, f.size, f.lastModified])])
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
