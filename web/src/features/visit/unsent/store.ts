import type { Store, Unsent } from './queue'

const NAME = 'kezhi-unsent'
const ACTS = 'acts'

/** The entries in the browser's own database, by person and in their order. */
export const deviceStore: Store = {
  all: (user) => within('readonly', (acts) => acts.index('user').getAll(user) as IDBRequest<Unsent[]>),
  add: (e) => within('readwrite', (acts) => acts.add(e) as IDBRequest<number>),
  put: async (e) => {
    const there = await within('readwrite', (acts) => {
      const r = acts.openCursor(e.seq)
      r.onsuccess = () => r.result?.update(e)
      return r
    })
    return there !== null
  },
  drop: async (seq) => {
    await within('readwrite', (acts) => acts.delete(seq))
  },
  // Without TLS there are no locks; then pages may send twice, which the keys of the entries make harmless but for a repeated photo.
  alone: (user, work) => ('locks' in navigator ? navigator.locks.request(`${NAME}-${user}`, work) : work()),
}

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const r = indexedDB.open(NAME, 1)
    r.onupgradeneeded = () =>
      r.result.createObjectStore(ACTS, { keyPath: 'seq', autoIncrement: true }).createIndex('user', 'user')
    r.onsuccess = () => resolve(r.result)
    r.onerror = () => reject(r.error)
  }).catch((e) => {
    opened = undefined
    throw e
  })
  return opened
}

/** keeps tells whether this browser can keep entries; in some private windows it cannot. */
export const keeps = (): Promise<boolean> =>
  open().then(
    () => true,
    () => false,
  )

/** within asks for something in a transaction, and gives it when it is safely kept. */
async function within<T>(mode: IDBTransactionMode, ask: (acts: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const tx = (await open()).transaction(ACTS, mode, { durability: 'strict' })
  const r = ask(tx.objectStore(ACTS))
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve(r.result)
    tx.onabort = () => reject(tx.error)
    tx.onerror = () => reject(tx.error)
  })
}
