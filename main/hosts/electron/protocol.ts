import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { newNonce, pageWithNonce, securityHeaders } from '../headers.ts'
import type { Electron } from './electron.ts'
import { ourOrigin, scheme } from './origin.ts'

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** Must be called before the app is ready. The scheme may neither bypass the CSP nor be read by other origins. */
export function registerScheme({ protocol }: Pick<Electron, 'protocol'>) {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/**
 * Answers `app://main/…` with the files that are in `folder` now. An address is compared with the list and never turned
 * into a path, so there is nothing to climb out of.
 */
export function rendererServer(folder: string): (request: Request) => Promise<Response> {
  const files = listFiles(folder)
  const page = files.get('/index.html')
  if (!page) throw new Error(`The screens are missing in ${folder}: run "npm run build" and start again.`)
  const html = readFileSync(page, 'utf8')

  return async (request) => {
    if (request.method !== 'GET') return refusal(405)
    const path = pathOf(request.url)
    if (path === undefined) return refusal(400)
    if (path === '/' || path === '/index.html') return pageResponse(html)

    const file = files.get(path)
    return file ? fileResponse(file) : refusal(404)
  }
}

/** Regular files below `folder` by their path in an address; links are left out, wherever they lead. */
function listFiles(folder: string, prefix = '/'): Map<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isFile()) found.set(prefix + entry.name, path)
    // `readdirSync` with `recursive` would walk through links to folders.
    if (entry.isDirectory())
      for (const [address, file] of listFiles(path, `${prefix}${entry.name}/`)) found.set(address, file)
  }
  return found
}

/** The decoded path of an address on our origin, taken as it came: a URL parser would fold `..` before anybody sees it. */
function pathOf(address: string): string | undefined {
  const [, path] = /^([^?#]*)/.exec(address.startsWith(`${ourOrigin}/`) ? address.slice(ourOrigin.length) : '') ?? []
  if (!path) return undefined
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function pageResponse(html: string): Response {
  const nonce = newNonce()
  const headers = { ...securityHeaders(nonce), 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(pageWithNonce(html, nonce), { headers })
}

async function fileResponse(path: string): Promise<Response> {
  const type = contentTypes[extname(path)] ?? 'application/octet-stream'
  return new Response(await readFile(path), { headers: { ...securityHeaders(), 'content-type': type } })
}

function refusal(status: 400 | 404 | 405): Response {
  return new Response(null, { status, headers: securityHeaders() })
}
