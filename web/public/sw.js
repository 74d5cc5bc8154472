// Keeps the application standing without a network: its files, and what was read last of the little one needs on the way.
//
// Files: those of the first page are fetched when this build is installed (SHELL, written by scripts/shell.mjs), all others as
// they are asked for; they never change under their name. A page that is opened comes from the network, else from the shell.
// Reads: of the paths in KEPT the last answer is kept and given when the network does not answer, with the moment at which it
// was read in the header X-Kezhi-Kept; a request that says no-store hears the server or nobody. What is kept does not know
// whose it is: it is one person's because whatever ends or begins a session, and any answer that there is none, has all of it
// deleted. It is not given after twelve hours, when a session nobody used has ended too.
const SHELL = []
const BUILD = 'dev'
const FILES = `kezhi-files-${BUILD}`
const READS = 'kezhi-reads'
const MOST_FILES = 300
const MOST_READS = 60
const KEPT_MS = 12 * 3600_000
const PAGE_WAITS_MS = 4000
const KEPT = /^\/api\/v1\/(me|workbench|inbox|visits|calls|duties|articles|reports\/waiting|reviews\/tasks|grading\/schemes)(\/(?!export)[\w-]+)?$/
const SESSION = /^\/api\/v1\/(session|sessions|setup)$/

// Counts what made the kept reads void, so that an answer that was under way then is not kept afterwards.
let epoch = 0

self.addEventListener('install', (e) => e.waitUntil(install()))
self.addEventListener('activate', (e) => e.waitUntil(activate()))
self.addEventListener('message', (e) => {
  if (e.data === 'take-over') void self.skipWaiting()
})
self.addEventListener('fetch', (e) => {
  const url = new URL(e.request.url)
  if (url.origin !== self.location.origin) return
  const { method, mode } = e.request
  if (SESSION.test(url.pathname) && method !== 'GET') e.respondWith(changeSession(e.request))
  else if (method !== 'GET') return
  else if (mode === 'navigate') e.respondWith(page(e.request, url))
  else if (url.pathname.startsWith('/assets/')) e.respondWith(file(e.request))
  else if (url.pathname.startsWith('/api/')) e.respondWith(read(e.request, url))
  else if (SHELL.includes(url.pathname)) e.respondWith(shellFile(e.request))
})

async function install() {
  const cache = await caches.open(FILES)
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload' })))
}

async function activate() {
  for (const name of await caches.keys()) if (name !== FILES && name !== READS) await caches.delete(name)
  await self.clients.claim()
}

/** A page comes from the network; when that does not answer, or not soon, from the shell. */
async function page(request, url) {
  const shell = await (await caches.open(FILES)).match('/')
  // Downloads are opened as pages too: they are the server's.
  if (!shell || url.pathname.startsWith('/api/')) return fetch(request)
  let timer
  const late = new Promise((done) => {
    timer = setTimeout(() => done(shell), PAGE_WAITS_MS)
  })
  return Promise.race([fetch(request).catch(() => shell), late]).finally(() => clearTimeout(timer))
}

async function file(request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) {
    const cache = await caches.open(FILES)
    await cache.put(request, response.clone())
    await trim(cache, MOST_FILES)
  }
  return response
}

/** A file of the shell that keeps its name over builds: from the network, else as it was. */
async function shellFile(request) {
  try {
    return await fetch(request)
  } catch (e) {
    const kept = await caches.match(request)
    if (kept) return kept
    throw e
  }
}

async function changeSession(request) {
  await forget()
  const response = await fetch(request)
  await forget()
  return response
}

async function forget() {
  epoch++
  await caches.delete(READS)
}

async function read(request, url) {
  const began = epoch
  const wanted = KEPT.test(url.pathname) && request.cache !== 'no-store'
  let response
  try {
    response = await fetch(request)
  } catch (e) {
    const kept = wanted && (await keptRead(request))
    if (kept) return kept
    throw e
  }
  if (response.status === 401) await forget()
  else if (wanted && response.status === 200 && began === epoch) await keep(request, response.clone(), began)
  return response
}

async function keep(request, response, began) {
  if (!response.headers.get('Content-Type')?.includes('json')) return
  const headers = new Headers(response.headers)
  headers.set('X-Kezhi-Kept', String(Date.now()))
  headers.delete('Content-Encoding')
  const body = await response.text()
  const cache = await caches.open(READS)
  // Put anew, an entry goes to the end: the one that was not read for longest leaves first.
  await cache.delete(request.url)
  await cache.put(request.url, new Response(body, { headers }))
  if (began !== epoch) await caches.delete(READS)
  else await trim(cache, MOST_READS)
}

async function keptRead(request) {
  const cache = await caches.open(READS)
  const kept = await cache.match(request.url)
  if (!kept) return undefined
  if (Date.now() - Number(kept.headers.get('X-Kezhi-Kept')) < KEPT_MS) return kept
  await cache.delete(request.url)
  return undefined
}

async function trim(cache, most) {
  const keys = await cache.keys()
  // The shell went in first and stays.
  const spare = keys.filter((k) => !SHELL.includes(new URL(k.url).pathname))
  await Promise.all(spare.slice(0, Math.max(0, keys.length - most)).map((k) => cache.delete(k)))
}
