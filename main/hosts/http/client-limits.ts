import type { FastifyReply, FastifyRequest } from 'fastify'
import { busy, crowded, isCall } from './refusals.ts'

/** How much the devices of a room may ask for. Sixty browsers can stand behind one address, so that has the larger share. */
export interface ClientLimits {
  /** Calls a second that one browser may go on making, and how many at once. */
  client: { perSecond: number; burst: number }
  /** The same for one address, its files included. */
  address: { perSecond: number; burst: number }
  /** Browsers within a minute; further ones are asked to come back. */
  clients: number
  connectionsPerAddress: number
}

export const ordinaryClientLimits: ClientLimits = {
  client: { perSecond: 10, burst: 30 },
  address: { perSecond: 300, burst: 3_000 },
  clients: 200,
  connectionsPerAddress: 400,
}

const forgottenAfterMs = 60_000

interface Bucket {
  left: number
  at: number
}

/** Throws a refusal when a browser, an address or all of them together ask for too much. */
export function clientLimiter(limits: ClientLimits, now: () => number) {
  const clients = new Map<string, Bucket>()
  const addresses = new Map<string, Bucket>()

  return function limit(request: FastifyRequest, reply: FastifyReply) {
    const address = request.socket.remoteAddress ?? ''
    const session = sessionOf(request)
    const client = session ?? address
    forget(clients, now())
    forget(addresses, now())
    if (!clients.has(client) && clients.size >= limits.clients) {
      reply.header('retry-after', '30')
      throw crowded()
    }
    const isAllowed =
      take(addresses, { key: address, now: now(), ...limits.address }) &&
      take(clients, { key: client, now: now(), ...(session && isCall(request) ? limits.client : limits.address) })
    if (isAllowed) return
    reply.header('retry-after', '1')
    throw busy()
  }
}

/** A browser that was let in is known by its cookie, all others behind one address by that alone: a class can come in at once. */
function sessionOf({ headers }: FastifyRequest): string | undefined {
  return /(?:^|;\s*)(?:__Host-)?bdc_session_\w+=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1]
}

/** Token bucket: `burst` at once, refilled by `perSecond`. */
function take(buckets: Map<string, Bucket>, ask: { key: string; now: number; perSecond: number; burst: number }) {
  const known = buckets.get(ask.key) ?? { left: ask.burst, at: ask.now }
  const left = Math.min(ask.burst, known.left + ((ask.now - known.at) / 1_000) * ask.perSecond)
  buckets.delete(ask.key)
  buckets.set(ask.key, { left: Math.max(0, left - 1), at: ask.now })
  return left >= 1
}

/** The longest unseen stand first. */
function forget(buckets: Map<string, Bucket>, now: number) {
  for (const [key, { at }] of buckets) {
    if (now - at < forgottenAfterMs) return
    buckets.delete(key)
  }
}
