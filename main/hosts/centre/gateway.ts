import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import type { Centre } from '../../centre/centre.ts'
import type { Clock } from '../../clock.ts'
import { largestPart } from '../../sync/transports/parts.ts'
import { answerBrokenRequest, endBrokenHandshakes, refuseExpectations } from '../http/broken-requests.ts'
import { closingPatiently, listening } from '../http/host.ts'
import { type Limits, ordinaryLimits } from '../http/limits.ts'
import { type Allowance, allowances } from './allowance.ts'
import { failureLine } from './failure.ts'
import { Problem, statusOf } from './problem.ts'
import { serveCentre } from './routes.ts'

/** A part may take its time on a bad line; everything else is as in a room. */
const gatewayLimits: Limits = { ...ordinaryLimits, headersTimeout: 10_000, requestTimeout: 120_000 }

export interface GatewayLimits {
  /** Requests of one site. */
  site: Allowance
  /** Requests of one site for contents of documents. */
  contents: Allowance
  /** Codes that one address may try. */
  enrolment: Allowance
  /** Requests of one address, before anybody looks at what they are. */
  address: Allowance
  connections: number
}

const ordinaryGatewayLimits: GatewayLimits = {
  site: { perSecond: 20, burst: 200 },
  contents: { perSecond: 30, burst: 300 },
  enrolment: { perSecond: 1 / 20, burst: 10 },
  address: { perSecond: 200, burst: 2_000 },
  connections: 2_000,
}

export interface GatewayOptions {
  centre: Centre
  clock: Clock
  /** PEM. */
  tls: { cert: string; key: string }
  host: string
  /** 0 takes any free port. */
  port: number
  limits?: GatewayLimits
}

export interface Gateway {
  port: number
  close(): Promise<void>
}

/** Serves the functions of the centre to its devices over HTTPS, and nothing else. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { centre, clock, tls, host, port, limits = ordinaryGatewayLimits } = options
  const server = bareServer(tls, clock)
  server.server.maxConnections = limits.connections
  const monotonic = () => clock.monotonic()
  const [site, contents, enrolment, address] = [limits.site, limits.contents, limits.enrolment, limits.address].map(
    (allowance) => refusing(allowances(allowance, monotonic)),
  )
  server.addHook('onRequest', async (request) => address?.(request.socket.remoteAddress ?? ''))
  serveCentre(server, {
    centre,
    clock,
    limitSite: (number) => site?.(String(number)),
    limitContents: (number) => contents?.(String(number)),
    limitEnrolment: (from) => enrolment?.(from),
  })
  await listening(server, host, port)
  return { port: (server.server.address() as AddressInfo).port, close: () => closingPatiently(server) }
}

function refusing(take: (key: string) => boolean) {
  return (key: string) => {
    if (!take(key)) throw new Problem('busy')
  }
}

function bareServer(tls: GatewayOptions['tls'], clock: Clock): FastifyInstance {
  const { headersTimeout, requestTimeout, keepAliveTimeout, connectionTimeout, checkInterval, maxHeaderSize } =
    gatewayLimits
  const server: FastifyInstance = fastify({
    logger: false,
    bodyLimit: largestPart,
    requestTimeout,
    keepAliveTimeout,
    connectionTimeout,
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    https: {
      ...tls,
      minVersion: 'TLSv1.2',
      handshakeTimeout: headersTimeout,
      headersTimeout,
      connectionsCheckingInterval: checkInterval,
      maxHeaderSize,
    },
  })
  refuseExpectations(server.server)
  endBrokenHandshakes(server.server)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  const problem = (kind: Problem['kind']) => ({ problem: kind, now: clock.now().getTime() })
  server.setErrorHandler((error, _request, reply) => {
    const kind = kindOf(error)
    if (kind === 'failed') process.stderr.write(failureLine(clock.now(), 'Gateway', error))
    if (kind === 'busy') reply.header('retry-after', '2')
    return reply.status(statusOf[kind]).header('cache-control', 'no-store').send(problem(kind))
  })
  server.setNotFoundHandler((_request, reply) => reply.status(404).send(problem('notFound')))
  return server
}

function kindOf(error: unknown): Problem['kind'] {
  if (error instanceof Problem) return error.kind
  const { code, statusCode = 500 } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'tooLarge'
  return statusCode >= 400 && statusCode < 500 ? 'unreadable' : 'failed'
}
