import type { FastifyRequest } from 'fastify'
import { foreignHost, foreignOrigin } from './refusals.ts'

/** The only values of the Host header that mean us: another name that leads here is DNS rebinding. */
export function authoritiesOf(host: string, port: number): string[] {
  const names = host === '::1' ? ['[::1]', 'localhost'] : [host, 'localhost']
  return [...new Set(names)].map((name) => authorityOf(name, port, 'http'))
}

/** As browsers write it: without the port that the scheme implies. */
export function authorityOf(name: string, port: number, scheme: 'http' | 'https'): string {
  return port === (scheme === 'http' ? 80 : 443) ? name : `${name}:${port}`
}

/**
 * Lets a request in only under one of our own addresses and, unless it is a GET, only from our own page. A browser sends no
 * Origin with a plain GET, and no `Sec-Fetch-*` over plain HTTP, so these two headers are all there is to go by.
 */
export function guard({ raw, protocol }: FastifyRequest, authorities: ReadonlySet<string>) {
  const [authority, ...others] = valuesOf('host', raw.rawHeaders)
  const isAbsolute = !raw.url?.startsWith('/')
  if (authority === undefined || others.length > 0 || isAbsolute || !authorities.has(authority)) throw foreignHost()
  if (raw.method !== 'GET' && raw.headers.origin !== `${protocol}://${authority}`) throw foreignOrigin()
}

/** All values of a header as they came: `request.headers` holds the first only. */
function valuesOf(name: string, rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}
