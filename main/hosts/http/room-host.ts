import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isProcedureName, mayUse } from '../../../shared/permissions.ts'
import type { OpenRoom, RoomListener } from '../../room-listener.ts'
import { type ClientLimits, clientLimiter, ordinaryClientLimits } from './client-limits.ts'
import { authorityOf } from './guards.ts'
import { closingPatiently } from './host.ts'
import { type Limits, ordinaryLimits } from './limits.ts'
import { announceRoom } from './room-name.ts'
import { httpServer } from './server.ts'

export interface RoomHostOptions {
  /** Folder of the learners' own screens. */
  screens: string
  limits?: Limits
  clientLimits?: ClientLimits
}

/** What a device of the room may not call does not exist there. */
export function isOfferedInRoom(path: readonly string[]): boolean {
  const name = path.join('.')
  return isProcedureName(name) && mayUse('room', name)
}

/** Lets the devices of a room in on one address of the local network; nothing but the learners' part exists there. */
export function httpRoomListener(options: RoomHostOptions): RoomListener {
  const { screens, limits = ordinaryLimits, clientLimits = ordinaryClientLimits } = options
  return {
    async open({ router, installation, address, port: wanted, name, certified }): Promise<OpenRoom> {
      const scheme = certified ? 'https' : 'http'
      const authorities = new Set<string>()
      const limit = clientLimiter(clientLimits, () => performance.now())
      const server = await httpServer({
        app: { router, installation },
        rendererDir: screens,
        authorities,
        limits,
        tls: certified && { cert: certified.certificate, key: certified.privateKey },
        isOffered: isOfferedInRoom,
        admit: limit,
      })
      limitConnections(server.server, clientLimits.connectionsPerAddress)
      const callers = callersOf(server.server, address)
      await server.listen({ host: address, port: wanted })

      const { port } = server.server.address() as AddressInfo
      const announced = announceRoom({ address, port, name })
      for (const host of [address, name]) authorities.add(authorityOf(host, port, scheme))
      return {
        port,
        addresses: [...authorities].map((authority) => `${scheme}://${authority}`),
        callers,
        async close() {
          await Promise.all([announced.close(), closingPatiently(server)])
        },
      }
    },
  }
}

/** A connection too many is ended before it has said a word. */
function limitConnections(server: Server, most: number) {
  const open = new Map<string, number>()
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (open.get(address) ?? 0) + 1
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left === 0) open.delete(address)
      else open.set(address, left)
    })
    if (count > most) socket.destroy()
  })
}

/** Who else has reached this port; a few hundred at most, since later ones tell nothing new. */
function callersOf(server: Server, ownAddress: string): () => string[] {
  const seen = new Set<string>()
  server.on('connection', ({ remoteAddress }) => {
    if (remoteAddress && remoteAddress !== ownAddress && seen.size < 300) seen.add(remoteAddress)
  })
  return () => [...seen]
}
