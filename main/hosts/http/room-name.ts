import { randomBytes } from 'node:crypto'
import { Bonjour } from 'bonjour-service'

export interface RoomName {
  /** `bdc-7f3a.local`: random, so that nothing of the centre goes over the air. */
  host: string
  close(): Promise<void>
}

/** Tells the network a name for this address (RFC 6762). Where multicast does not pass, nobody hears it, and nothing else breaks. */
export function announceRoom(address: string, port: number): RoomName {
  const host = `bdc-${randomBytes(2).toString('hex')}.local`
  // Handed on to the socket as it is, though the type does not know it.
  const network: object = { interface: address }
  const bonjour = new Bonjour(network, () => undefined)
  const service = bonjour.publish({ name: host.replace('.local', ''), type: 'http', port, host, disableIPv6: true })
  service.on('error', () => undefined)
  return {
    host,
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
