declare const self: ServiceWorkerGlobalScope
/** Put in front by the build: a hash of the page, which names its parts by hashes of theirs, and the addresses of them all. */
declare const build: string
declare const files: string[]

const page = '/away.html'
const cacheName = `bdc-away-${build}`

/** Keeps the page for the time when the host is away, and nothing else: the program itself always comes from the host. */
self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlderBuilds().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.mode === 'navigate') event.respondWith(fromHost(request, page))
  else if (request.method === 'GET' && files.includes(new URL(request.url).pathname)) {
    event.respondWith(fromHost(request, request.url))
  }
})

async function keepFiles() {
  const cache = await caches.open(cacheName)
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })))
}

async function forgetOlderBuilds() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))
}

async function fromHost(request: Request, kept: string): Promise<Response> {
  try {
    return await fetch(request)
  } catch (noHost) {
    const cache = await caches.open(cacheName)
    const answer = await cache.match(kept)
    if (answer) return answer
    throw noHost
  }
}
