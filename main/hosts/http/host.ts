import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { ServedApp } from './door-routes.ts'
import { authoritiesOf } from './guards.ts'
import { type Limits, ordinaryLimits } from './limits.ts'
import { httpServer } from './server.ts'

/** Milliseconds that calls get to finish when the host closes. */
const patience = 5_000

export interface HttpHostOptions {
  app: ServedApp
  /** Folder of the built screens. */
  rendererDir: string
  /** The address to listen at: loopback unless told. */
  host?: string
  /** 0 takes any free port. */
  port: number
  limits?: Limits
}

export interface HttpHost {
  /** Where the screens are, without a slash at the end: `http://127.0.0.1:4180`. */
  url: string
  /** Lets running calls finish, ends all connections and frees the port. The app stays open. */
  close(): Promise<void>
}

/** Serves the screens, and the door at `/rpc`, to browsers on this machine. */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { app, rendererDir, host = '127.0.0.1', limits = ordinaryLimits } = options
  const authorities = new Set<string>()
  const server = await httpServer({ app, rendererDir, authorities, limits })

  await listening(server, host, options.port)
  const { port } = server.server.address() as AddressInfo
  for (const authority of authoritiesOf(host, port)) authorities.add(authority)

  return {
    url: `http://${[...authorities][0]}`,
    close: () => closingPatiently(server),
  }
}

/** Lets running calls finish, then ends all connections. */
export async function closingPatiently(server: FastifyInstance) {
  // A connection whose call ends meanwhile would go on resting.
  const resting = setInterval(() => server.server.closeIdleConnections(), 50)
  const impatience = setTimeout(() => server.server.closeAllConnections(), patience)
  await server.close()
  clearInterval(resting)
  clearTimeout(impatience)
}

/** @throws where the port cannot be had, with what to do */
export async function listening(server: FastifyInstance, host: string, port: number) {
  await server.listen({ host, port }).catch((error: unknown) => {
    throw notListening(error, port)
  })
}

function notListening(error: unknown, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is taken by another program: choose another port, or 0 for any that is free.`, {
      cause: error,
    })
  }
  if (code === 'EACCES') {
    return new Error(`Port ${port} is not open to you: choose one above 1023, or 0 for any that is free.`, {
      cause: error,
    })
  }
  return error
}
