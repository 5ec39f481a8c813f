import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A line between the device and the centre that is cut whenever so many bytes have gone through it. Returns its port, how often
 * it was cut, and how many bytes went towards the centre.
 */
export async function badLine(to: number, bytesPerCut: number) {
  const sockets = new Set<Socket>()
  const counted = { cuts: 0, bytesUp: 0, sinceCut: 0 }
  function count(bytes: number) {
    counted.sinceCut += bytes
    if (counted.sinceCut < bytesPerCut) return false
    counted.sinceCut = 0
    counted.cuts += 1
    for (const socket of sockets) socket.destroy()
    return true
  }
  function join(from: Socket, into: Socket, isUp: boolean) {
    sockets.add(from)
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      into.destroy()
    })
    from.on('data', (chunk) => {
      if (isUp) counted.bytesUp += chunk.length
      if (!count(chunk.length)) into.write(chunk)
    })
  }
  const server = createServer((device) => {
    const centre = connect(to, '127.0.0.1')
    join(device, centre, true)
    join(centre, device, false)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    counted,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
