import { type Envelope, type Refused, type Transport, Unreachable } from '../../../main/sync/wire.ts'
import { Crash } from './machine.ts'

/** One call on its way: it may be lost before it arrives, or its answer may be lost, or it may arrive twice. */
export interface Call {
  from: string
  kind: 'hello' | 'push' | 'pull'
  /** Runs it at the centre and gives the answer to the machine, when that still waits. */
  deliver(options?: { twice?: boolean; answerLost?: boolean }): Promise<void>
  drop(): void
  /** The machine loses its power while it waits; what it sent may arrive all the same. */
  cut(arrives: boolean): Promise<void>
}

export interface Arrived {
  from: string
  envelope: Envelope
  refused: Refused[]
  /** The centre has it: another one in its place is a fork, and stays where it was written. */
  isTaken: boolean
}

export interface Network {
  calls: Call[]
  /** Every envelope that arrived, in the order of arrivals, and what was not taken of it; old ones may come again. */
  envelopes: Arrived[]
  transportFor(from: string, centre: Transport): Transport
}

export function network(): Network {
  let pushes = 0
  const net: Network = {
    calls: [],
    envelopes: [],
    transportFor: (from, centre) => ({
      hello: (request) => sent(net, from, 'hello', () => centre.hello(request)),
      push: (envelope, ahead) =>
        sent(net, from, 'push', async (isWaiting) => {
          pushes += 1
          const reply = await centre.push(envelope)
          // One that goes ahead arrives before anybody has heard of the one before it.
          const next = isWaiting && pushes % 3 === 0 ? ahead?.() : undefined
          const following = next && (await centre.push(next))
          if (next && following?.status === 'ok')
            net.envelopes.push({ from, envelope: next, refused: following.refused, isTaken: true })
          const isTaken = reply.status === 'ok' || reply.status === 'duplicate'
          net.envelopes.push({ from, envelope, refused: reply.refused, isTaken })
          return reply
        }),
      pull: (request) => sent(net, from, 'pull', () => centre.pull(request)),
      close: async () => {},
    }),
  }
  return net
}

/** @param run hears whether the machine still waits for the answer */
function sent<T>(net: Network, from: string, kind: Call['kind'], run: (isWaiting: boolean) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      net.calls = net.calls.filter((one) => one !== call)
    }
    const call: Call = {
      from,
      kind,
      drop: () => {
        leave()
        reject(new Unreachable('the call was lost'))
      },
      cut: async (arrives) => {
        leave()
        if (arrives) await run(false)
        reject(new Crash('while waiting for the centre'))
      },
      deliver: async ({ twice = false, answerLost = false } = {}) => {
        leave()
        try {
          if (twice) await run(true)
          const answer = await run(true)
          if (answerLost) reject(new Unreachable('the answer was lost'))
          else resolve(structuredClone(answer))
        } catch (error) {
          // A centre that gives no answer, or a machine that lost its power over the next envelope; else a fault of the trial.
          if (!(error instanceof Unreachable || error instanceof Crash)) throw error
          reject(error)
        }
      },
    }
    net.calls.push(call)
  })
}
