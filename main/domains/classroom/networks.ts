import { connect, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Network, NetworkCheck } from '../../../shared/contract/classroom.ts'

/** The networks on which other devices could reach this machine; names as the system gives them. */
export function ownNetworks(): Network[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address }) => ({ name, address })),
  )
}

export const systemName = (): NetworkCheck['system'] =>
  (({ win32: 'windows', darwin: 'mac', linux: 'linux' }) as const)[process.platform as string] ?? 'other'

type Finding = NetworkCheck['findings'][number]

/** Tries to listen there and to reach what listens; `isListening`: the room does so already. */
export async function bindProblem(address: string, port: number): Promise<Finding | null> {
  const server = createServer((socket) => socket.end())
  try {
    const bound = await new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: address, port, exclusive: true }, () => {
        const place = server.address()
        resolve(typeof place === 'object' && place ? place.port : port)
      })
    })
    return (await canConnect(address, bound)) ? null : 'cannotConnect'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'portTaken' : 'cannotBind'
  } finally {
    server.close()
  }
}

/** Whether somebody answers there within two seconds. */
export function canConnect(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 2_000 })
    const end = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
    socket.on('timeout', () => end(false))
  })
}
