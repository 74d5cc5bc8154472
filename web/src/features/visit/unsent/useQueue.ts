import { useEffect, useSyncExternalStore } from 'react'
import type { Schemas } from '@/api/client'
import { useMe } from '@/app/account'
import { markUnsent } from '@/kit/unsent'
import { useSettled, type Visit } from '../data'
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
const takers = new Set<(v: Visit) => void>()

/** heldFor gives the queue of a person; there is one at a time. */
function heldFor(me: Person): Held {
  if (held?.queue.user === me.id) return held
  const queue = new Queue(me.id, deviceStore, wire, {
    changed: (list) => {
      if (held?.queue.user !== me.id) return
      held = { queue, list }
      markUnsent(me.id, list.length)
      for (const l of listeners) l()
    },
    sent: (v) => {
      for (const take of takers) take(v)
    },
  })
  held = { queue, list: [] }
  return held
}

function subscribe(l: () => void): () => void {
  listeners.add(l)
  return () => listeners.delete(l)
}

const none: Unsent[] = []

/** useQueue gives the queue of the signed-in person and what waits in it. What the server takes is read anew. */
export function useQueue(): { queue: Queue | undefined; list: Unsent[] } {
  const me = useMe()
  const settled = useSettled()
  const list = useSyncExternalStore(subscribe, () => (me ? heldFor(me).list : none))
  const queue = me && heldFor(me).queue
  useEffect(() => {
    const take = (v: Visit) => void settled(v)
    takers.add(take)
    return () => {
      takers.delete(take)
    }
  })
  useEffect(() => {
    // What was left from before the page was loaded is seen as soon as the queue is.
    queue?.flush().catch(() => undefined)
  }, [queue])
  return { queue, list }
}
