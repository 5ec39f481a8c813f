import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { securityHeaders } from '../headers.ts'
import { answerBrokenRequest, endBrokenHandshakes, refuseExpectations } from './broken-requests.ts'
import { type Offer, type ServedApp, serveDoor } from './door-routes.ts'
import { guard } from './guards.ts'
import type { Limits } from './limits.ts'
import { notFound, sendRefusal } from './refusals.ts'
import { serveScreens } from './screen-routes.ts'

export interface HttpServerOptions {
  app: ServedApp
  rendererDir: string
  /** The values of the Host header under which to answer; known only once the server listens. */
  authorities: ReadonlySet<string>
  limits: Limits
  /** PEM; left out, the server speaks plain HTTP. */
  tls?: { cert: string; key: string } | undefined
  /** Left out, every procedure is behind this door. */
  isOffered?: Offer
  /** Throws for a visitor who asks for too much. */
  admit?: (request: FastifyRequest, reply: FastifyReply) => void
}

/** The server with everything but its address. */
export async function httpServer({
  app,
  rendererDir,
  authorities,
  limits,
  tls,
  isOffered,
  admit,
}: HttpServerOptions): Promise<FastifyInstance> {
  const listening = {
    headersTimeout: limits.headersTimeout,
    connectionsCheckingInterval: limits.checkInterval,
    maxHeaderSize: limits.maxHeaderSize,
    // Ours refuses a missing Host too, and with all headers.
    requireHostHeader: false,
  }
  const server: FastifyInstance = fastify({
    logger: false,
    requestTimeout: limits.requestTimeout,
    keepAliveTimeout: limits.keepAliveTimeout,
    connectionTimeout: limits.connectionTimeout,
    // What arrives while the host closes is still answered, with all headers; Fastify's own answer has none of them.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors(error, request, reply) {
      reply.headers(ordinaryHeaders())
      sendRefusal(refusalBy(() => guard(request, authorities)) ?? error, request, reply)
    },
    ...(tls
      ? { https: { ...listening, ...tls, minVersion: 'TLSv1.2' as const, handshakeTimeout: limits.headersTimeout } }
      : { http: listening }),
  })
  refuseExpectations(server.server)
  endBrokenHandshakes(server.server)

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(ordinaryHeaders())
    guard(request, authorities)
    admit?.(request, reply)
  })
  server.setErrorHandler(sendRefusal)
  server.setNotFoundHandler((request, reply) => sendRefusal(notFound(), request, reply))

  await server.register(cookie)
  serveDoor(server, app, isOffered)
  await serveScreens(server, rendererDir)
  return server
}

/** What is not a file of the screens must not be kept by anybody. */
function ordinaryHeaders() {
  return { ...securityHeaders(), 'cache-control': 'no-store' }
}

function refusalBy(check: () => void): unknown {
  try {
    check()
    return undefined
  } catch (refusal) {
    return refusal
  }
}
