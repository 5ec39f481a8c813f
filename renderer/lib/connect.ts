import type { ClientLink } from '@orpc/client'
import { RPCLink as HttpLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { fetchOverConnection } from './connection.ts'

/** In Electron the preload takes one end of a message channel; in a browser the door is behind HTTP on the same origin. */
export function connect(): ClientLink<Record<never, never>> {
  if ('bdcShell' in window) {
    const { port1, port2 } = new MessageChannel()
    window.postMessage('bdc:open-door', window.origin, [port2])
    port1.start()
    return new PortLink({ port: port1 })
  }
  return new HttpLink({ url: new URL('/rpc', window.location.href).href, fetch: fetchOverConnection })
}
