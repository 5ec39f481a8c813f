import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface LineOptions {
  /** There and back, in milliseconds. */
  roundTripMs?: number
  /** In each direction. */
  bitsPerSecond?: number
  /** Of the packets, 0 to 1; what follows waits for it. */
  loss?: number
  /** All connections break off so often. */
  cutEveryMs?: number
}

/** As many bytes as one packet of Ethernet carries; what one that is lost costs until TCP has noticed and sent it again. */
const packetBytes = 1448
const resendMs = 300

/** What is counted in memory that threads share: bytes of each direction, cuts of the whole line, packets that were lost. */
const counters = { up: 0, down: 1, cuts: 2, lost: 3 } as const
type Counter = keyof typeof counters

export function newCounts(): BigInt64Array {
  return new BigInt64Array(new SharedArrayBuffer(Object.keys(counters).length * BigInt64Array.BYTES_PER_ELEMENT))
}

export function countOf(counts: BigInt64Array, counter: Counter): number {
  return Number(Atomics.load(counts, counters[counter]))
}

/**
 * A line between devices and a port of this machine that counts what goes through, and is as bad as it is told to be.
 * @param chance 0 to 1
 */
export async function startLine(to: number, counts: BigInt64Array, chance: () => number = Math.random) {
  const sockets = new Set<Socket>()
  const count = (counter: Counter, more: number) => Atomics.add(counts, counters[counter], BigInt(more))
  let quality: LineOptions = {}
  let timer: NodeJS.Timeout | undefined

  /** One after the other: when the last byte of a chunk is through. All connections share the line. */
  function direction(name: 'up' | 'down') {
    let freeAt = 0
    return (bytes: number): number => {
      const { roundTripMs = 0, bitsPerSecond = Number.POSITIVE_INFINITY, loss = 0 } = quality
      const lost = Array.from({ length: Math.ceil(bytes / packetBytes) }, chance).filter((one) => one < loss).length
      count(name, bytes)
      count('lost', lost)
      const now = performance.now()
      freeAt = Math.max(freeAt, now) + (bytes * 8000) / bitsPerSecond
      return freeAt - now + roundTripMs / 2 + lost * resendMs
    }
  }
  const [up, down] = [direction('up'), direction('down')]

  async function carry(from: Socket, into: Socket, through: (bytes: number) => number) {
    let arrivesAt = 0
    let arrived = Promise.resolve()
    for await (const chunk of from) {
      // In order, whatever a lost packet before it has cost.
      arrivesAt = Math.max(arrivesAt, performance.now() + through(chunk.length))
      const wait = arrivesAt - performance.now()
      const written = arrived.then(async () => {
        if (wait > 0.5) await pause(Math.max(0, arrivesAt - performance.now()))
        if (!into.destroyed) into.write(chunk)
      })
      arrived = written
      // As much is under way as the line holds: what comes faster waits at its sender.
      if (wait > (quality.roundTripMs ?? 0)) await written
    }
    await arrived
    into.end()
  }

  function join(from: Socket, into: Socket, through: (bytes: number) => number) {
    sockets.add(from)
    from.on('error', () => undefined)
    from.on('close', () => {
      sockets.delete(from)
      if (from.errored || from.destroyed) into.destroy()
    })
    carry(from, into, through).catch(() => into.destroy())
  }

  const server = createServer({ allowHalfOpen: true }, (device) => {
    const centre = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true })
    join(device, centre, up)
    join(centre, device, down)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    count('cuts', 1)
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    /** From now on, for connections that are there too. */
    become(next: LineOptions) {
      quality = next
      clearInterval(timer)
      timer = next.cutEveryMs === undefined ? undefined : setInterval(cut, next.cutEveryMs)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
