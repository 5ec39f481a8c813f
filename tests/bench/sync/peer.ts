import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Effort } from './effort.ts'

/** A row as the peers keep it: all that it says, under one name. */
export interface Doc {
  name: string
  table: number
  values: object
}

export interface PeerResult {
  up: Effort
  down: Effort
  /** As they came at the second machine. */
  rows: number
  bytesUp: number
  bytesDown: number
}

export const secondsSince = (start: number) => (performance.now() - start) / 1000

/** A server on this machine that counts what goes through. */
export async function countingServer(listener: RequestListener) {
  const server = createServer(listener)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sum = (of: 'bytesRead' | 'bytesWritten') => [...sockets].reduce((total, socket) => total + socket[of], 0)
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => ({ bytesUp: sum('bytesRead'), bytesDown: sum('bytesWritten') }),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
