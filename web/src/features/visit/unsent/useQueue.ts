import { useEffect, useSyncExternalStore } from 'react'
import type { Schemas } from '@/api/client'
import { onAnswer } from '@/api/kept'
import { useMe } from '@/app/account'
import { queryClient } from '@/app/queryClient'
import { markUnsent } from '@/kit/unsent'
import { settle } from '../data'
import { Queue, type Unsent } from './queue'
import { deviceStore } from './store'
import { wire } from './wire'

type Person = Pick<Schemas['UserMe'], 'id'>

interface Held {
  queue: Queue
  list: Unsent[]
}

let held: Held | undefined
const listeners = new Set<() => void>()

/** heldFor gives the queue of a person; there is one at a time. What the server takes is read anew. */
function heldFor(me: Person): Held {
  if (held?.queue.user === me.id) return held
  const queue = new Queue(me.id, deviceStore, wire, {
    changed: (list) => {
      if (held?.queue.user !== me.id) return
      held = { queue, list }
      markUnsent(me.id, list.length)
      for (const l of listeners) l()
    },
    sent: (v) => void settle(queryClient, v),
  })
  held = { queue, list: [] }
  return held
}

function subscribe(l: () => void): () => void {
  listeners.add(l)
  return () => listeners.delete(l)
}

const none: Unsent[] = []

/** useQueue gives the queue of the signed-in person and what waits in it. */
export function useQueue(): { queue: Queue | undefined; list: Unsent[] } {
  const me = useMe()
  const list = useSyncExternalStore(subscribe, () => (me ? heldFor(me).list : none))
  const queue = me && heldFor(me).queue
  useEffect(() => {
    // What was left from before the page was loaded is seen as soon as the queue is.
    queue?.flush().catch(() => undefined)
  }, [queue])
  return { queue, list }
}

/**
 * useKeepSending has what waits go out when the network is back: when the browser says so, when the page is looked at again, when the
 * server answers anything else, and every now and then, for a phone does not always say.
 */
export function useKeepSending(queue: Queue | undefined): void {
  useEffect(() => {
    if (!queue) return
    const wake = () => queue.wake()
    const seen = () => document.visibilityState === 'visible' && queue.wake()
    const stop = [queue.keepSending(), onAnswer(() => queue.answered())]
    window.addEventListener('online', wake)
    document.addEventListener('visibilitychange', seen)
    return () => {
      for (const s of stop) s()
      window.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [queue])
}
