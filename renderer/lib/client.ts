import { createORPCClient } from '@orpc/client'
import { RPCLink as HttpLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { contract } from '../../shared/contract/index.ts'
import { fetchOverConnection } from './connection.ts'

export type Client = ContractRouterClient<typeof contract>

/** In Electron the preload takes one end of a message channel; in a browser the door is behind HTTP on the same origin. */
function connect(): Client {
  if ('bdcShell' in window) {
    const { port1, port2 } = new MessageChannel()
    window.postMessage('bdc:open-door', window.origin, [port2])
    port1.start()
    return createORPCClient(new PortLink({ port: port1 }))
  }
  return createORPCClient(new HttpLink({ url: new URL('/rpc', window.location.href).href, fetch: fetchOverConnection }))
}

export const client: Client = connect()

/** `api.beneficiaries.list.queryOptions({ input })` and its kind: calls as TanStack Query options, keyed by the call itself. */
export const api = createTanstackQueryUtils(client)
