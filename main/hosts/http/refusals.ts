import { randomUUID } from 'node:crypto'
import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard'
import { ORPCError } from '@orpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import type { WaitsForUnlock } from '../../../shared/contract/unlock.ts'
import { Refusal, type RefusalKey } from '../../../shared/refusal.ts'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'
import { wireRefusal } from '../../known-refusal.ts'

/** What the host refuses before the door hears of it, in the form in which the door refuses. */
function hostRefusal(status: number, code: string, key: RefusalKey, message: string) {
  return new ORPCError(code, { status, message, data: { key, params: {} } })
}

export const foreignHost = () =>
  hostRefusal(
    421,
    'MISDIRECTED_REQUEST',
    'door.forbidden',
    'BDC does not answer under this address: open the one that it shows when it starts.',
  )
export const foreignOrigin = () =>
  hostRefusal(403, 'FORBIDDEN', 'door.forbidden', 'BDC takes this only from its own pages.')
export const notFound = () => hostRefusal(404, 'NOT_FOUND', 'door.unknownProcedure', 'There is nothing here.')
export const postOnly = () =>
  hostRefusal(405, 'METHOD_NOT_SUPPORTED', 'door.unknownProcedure', 'The door takes calls by POST only.')
export const jsonOnly = () =>
  hostRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'door.invalidInput', 'The door takes application/json only.')
export const unreadable = (status = 400) =>
  hostRefusal(status, 'BAD_REQUEST', 'door.invalidInput', 'BDC cannot read this request.')

/** Not refusals of what was asked: the same call is welcome a little later, so the screens try again. */
export const busy = () =>
  new ORPCError('TOO_MANY_REQUESTS', { status: 429, message: 'Too many requests at once: wait a second, then go on.' })
export const crowded = () =>
  new ORPCError('SERVICE_UNAVAILABLE', {
    status: 503,
    message: 'The room is full: too many devices are connected. Wait half a minute, then open this page again.',
  })
export const waitsForUnlock = () =>
  new ORPCError('SERVICE_UNAVAILABLE', {
    status: 503,
    message: 'BDC waits to be unlocked: open this address in a browser and unlock it.',
    data: { waitsFor: 'unlock' } satisfies z.infer<typeof WaitsForUnlock>,
  })

/** Answers with what was thrown: to a call in the form the client turns back into an error, to anybody else as a sentence. */
export function sendRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = asRefusal(error)
  reply.status(refusal.status)
  // A connection that is closed while a body comes in takes the answer with it; the rest is read and thrown away instead.
  reply.removeHeader('connection')
  if (!isCall(request)) return reply.type('text/plain; charset=utf-8').send(`${refusal.message}\n`)
  return reply.type('application/json').send(JSON.stringify(wireBody(refusal)))
}

export function isCall(request: FastifyRequest): boolean {
  return request.url.startsWith('/rpc/')
}

/** The body of an error as the client reads it. */
export function wireBody(error: ORPCError<string, unknown>): unknown {
  return new StandardRPCSerializer(new StandardRPCJsonSerializer()).serialize(error.toJSON())
}

function asRefusal(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error
  const { code, statusCode = 500 } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return wireRefusal(new Refusal('tooLarge', 'door.tooLarge'))
  if (statusCode >= 400 && statusCode < 500) return unreadable(statusCode)

  const requestId = randomUUID()
  process.stderr.write(`${requestId} HTTP host: ${describeError(error)}\n`)
  return new ORPCError('INTERNAL_SERVER_ERROR', { data: { requestId } })
}
