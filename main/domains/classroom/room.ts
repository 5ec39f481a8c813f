import { Refusal } from '../../../shared/refusal.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import type { OpenRoom, RoomListener, RoomPlace } from '../../room-listener.ts'
import { ownNetworks } from './networks.ts'
import { deleteSeats, endClassroom, openClassroom, type Place } from './queries.ts'
import { type RoomCode, roomCode } from './room-code.ts'

/** Nobody forgets to close a room for longer than this. */
export const longestMs = 4 * 3_600_000
const lookEveryMs = 5_000

export interface Room {
  code(): RoomCode
  /** Null while nothing listens. */
  listening(): Pick<OpenRoom, 'port' | 'addresses'> | null
  /** Begins to listen and returns the port; the session that it is for follows at once. */
  open(place: Place): Promise<number>
  /** Stops listening once the call that asks for it is through. */
  closeSoon(): void
  /** Listens again when the program has ended within a session, and ends a session that is over. */
  follow(router: RoomPlace['router']): Promise<void>
  close(): Promise<void>
}

export interface RoomOptions {
  clock: Clock
  database: Pick<DatabaseFile, 'reader' | 'write'>
  installation: string
  /** Left out by what has no way to the network. */
  listener: RoomListener | undefined
}

/** The one room of this machine: what listens follows the session in the database. */
export function roomOf({ clock, database, installation, listener }: RoomOptions): Room {
  let router: RoomPlace['router'] | undefined
  let open: OpenRoom | null = null
  let code = roomCode(clock)
  let openedAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setInterval> | undefined
  let underWay: Promise<unknown> = Promise.resolve()

  /** One change after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = underWay.then(work)
    underWay = done.catch(() => undefined)
    return done
  }

  async function listen({ address, port }: Place) {
    if (!listener || !router) throw new Refusal('conflict', 'classroom.noListener')
    if (!ownNetworks().some((network) => network.address === address) && !address.startsWith('127.')) {
      throw new Refusal('conflict', 'classroom.addressMissing', { address })
    }
    open ??= await listener.open({ router, installation, address, port }).catch((error: unknown) => {
      throw asRefusal(error, { address, port })
    })
    return open.port
  }

  async function stop() {
    const closing = open
    open = null
    await closing?.close()
  }

  async function look() {
    const session = await openClassroom(database.reader)
    if (!session) {
      if (clock.monotonic() - openedAt > lookEveryMs) await stop()
      return
    }
    if (clock.now().getTime() >= Date.parse(session.startedAt) + longestMs) {
      await database.write(async (db) => {
        await deleteSeats(db, session.id)
        await endClassroom(db, session.id, clock.now().toISOString())
      })
      await stop()
    } else if (!open) {
      await listen(session.place).catch(() => undefined)
    }
  }

  return {
    code: () => code,
    listening: () => open,
    open: (place) =>
      inTurn(async () => {
        const port = await listen(place)
        openedAt = clock.monotonic()
        code = roomCode(clock)
        return port
      }),
    closeSoon() {
      openedAt = Number.NEGATIVE_INFINITY
      setTimeout(() => void inTurn(stop), 200).unref()
    },
    async follow(way) {
      router = way
      if (!listener) return
      await inTurn(look)
      timer = setInterval(() => void inTurn(look).catch(() => undefined), lookEveryMs).unref()
    },
    close: () => {
      clearInterval(timer)
      return inTurn(stop)
    },
  }
}

function asRefusal(error: unknown, { address, port }: Place): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE' || code === 'EACCES') return new Refusal('conflict', 'classroom.portTaken', { port })
  if (code === 'EADDRNOTAVAIL') return new Refusal('conflict', 'classroom.addressMissing', { address })
  return error
}
