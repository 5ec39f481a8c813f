import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isProcedureName, mayUse } from '../../../shared/permissions.ts'
import type { OpenRoom, RoomListener } from '../../room-listener.ts'
import { type ClientLimits, clientLimiter, ordinaryClientLimits } from './client-limits.ts'
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
    async open({ router, address, port: wanted }): Promise<OpenRoom> {
      const authorities = new Set<string>()
      const limit = clientLimiter(clientLimits, () => performance.now())
      const server = await httpServer({
        router,
        rendererDir: screens,
        authorities,
        limits,
        isOffered: isOfferedInRoom,
        admit: limit,
      })
      limitConnections(server.server, clientLimits.connectionsPerAddress)
      await server.listen({ host: address, port: wanted })

      const { port } = server.server.address() as AddressInfo
      const name = announceRoom(address, port)
      for (const host of [address, name.host]) authorities.add(port === 80 ? host : `${host}:${port}`)
      return {
        port,
        addresses: [...authorities].map((authority) => `http://${authority}`),
        async close() {
          await Promise.all([name.close(), closingPatiently(server)])
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
