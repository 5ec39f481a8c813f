import { traverseContractProcedures } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ProcedureMeta } from '../../../shared/contract/base.ts'
import type { AnyDoor, Visitor } from '../../context.ts'
import { cookieCredentials, cookieName } from './cookie-credentials.ts'
import { isCall, jsonOnly, notFound, postOnly, unreadable, wireBody } from './refusals.ts'

const prefix = '/rpc'

/** Whether a procedure exists at this door. */
export type Offer = (path: readonly string[]) => boolean

/** What is behind the door of a host. */
export interface ServedApp {
  router: AnyDoor
  /** Of this installation alone, for the name of its cookie. */
  installation: string
  /** What a call gets that nothing is behind; left out, that there is nothing. */
  missing?: () => Error
}

/** One route for each procedure, so that each has its own limit of input bytes. */
export function serveDoor(
  server: FastifyInstance,
  { router, installation, missing = notFound }: ServedApp,
  isOffered: Offer = () => true,
) {
  const cookie = cookieName(installation)
  const handler = new RPCHandler(router, { rootInterceptors: [({ next }) => next().then(explainUnreadable)] })

  server.addHook('onRequest', async (request) => {
    if (isCall(request)) refuseOtherForms(request, missing)
  })
  traverseContractProcedures({ router, path: [] }, ({ path, contract }) => {
    if (!isOffered(path)) return
    const { maxBytes: bodyLimit } = contract['~orpc'].meta as ProcedureMeta
    server.post(`${prefix}/${path.join('/')}`, { bodyLimit }, async (request, reply) => {
      if (!isEnvelope(request.body)) throw unreadable()
      const { matched } = await handler.handle(request, reply, { prefix, context: visitorOf(cookie, request, reply) })
      if (!matched) throw missing()
      return reply
    })
  })
}

/** A form on a foreign page can post other types without asking; and a link or an image can only GET. */
function refuseOtherForms(request: FastifyRequest, missing: () => Error) {
  if (request.method !== 'POST') throw postOnly()
  if (request.is404) throw missing()
  if (!/^application\/json(; *charset=utf-8)?$/i.test(request.headers['content-type'] ?? '')) throw jsonOnly()
}

/** The door refuses bad input with 422, so a 400 is an envelope that could not be opened. */
function explainUnreadable<R extends { matched: boolean; response?: { status: number; body: unknown } }>(result: R): R {
  if (result.response?.status === 400) result.response.body = wireBody(unreadable())
  return result
}

/** What comes around an input; the contract says of the input itself what it is. */
function isEnvelope(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body)
}

function visitorOf(cookie: string, request: FastifyRequest, reply: FastifyReply): Visitor {
  return {
    credentials: cookieCredentials(cookie, request, reply),
    ipAddress: request.socket.remoteAddress ?? '',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 500),
  }
}
