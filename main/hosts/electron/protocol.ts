import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { newNonce, pageWithNonce, securityHeaders } from '../headers.ts'
import { screensIn } from '../screens.ts'
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
 * Answers `app://main/…` with the files that are in `folder` now. An address is compared with the list of them before it becomes
 * a path, so there is nothing to climb out of.
 */
export function rendererServer(folder: string): (request: Request) => Promise<Response> {
  const { page, files } = screensIn(folder)

  return async ({ method, url }) => {
    if (method !== 'GET') return refusal(405)
    const path = pathOf(url)
    if (path === undefined) return refusal(400)
    if (path === '/' || path === '/index.html') return pageResponse(page)
    return files.has(path) ? fileResponse(join(folder, path)) : refusal(404)
  }
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
