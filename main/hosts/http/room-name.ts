import { Bonjour } from 'bonjour-service'
import type { RoomPlace } from '../../room-listener.ts'

type Announced = Pick<RoomPlace, 'address' | 'port' | 'name'>

export interface RoomName {
  close(): Promise<void>
}

/** Tells the network a name for this address (RFC 6762). Where multicast does not pass, nobody hears it, and nothing else breaks. */
export function announceRoom({ address, port, name: host }: Announced): RoomName {
  // Handed on to the socket as it is, though the type does not know it.
  const network: object = { interface: address }
  const bonjour = new Bonjour(network, () => undefined)
  const service = bonjour.publish({ name: host.replace('.local', ''), type: 'http', port, host, disableIPv6: true })
  service.on('error', () => undefined)
  return {
    close: () =>
      new Promise((resolve) => {
        const impatience = setTimeout(resolve, 1_000)
        bonjour.unpublishAll(() => {
          clearTimeout(impatience)
          bonjour.destroy()
          resolve()
        })
      }),
  }
}
