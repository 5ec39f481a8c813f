import { randomBytes } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile } from '../../database/database.ts'
import type { OpenRoom, RoomListener, RoomPlace } from '../../room-listener.ts'
import { fingerprintOf } from './certificates/issue.ts'
import type { RoomCertificates } from './certificates/kept.ts'
import { isPrivate } from './certificates/private-networks.ts'
import { ownNetworks } from './networks.ts'
import { deleteSeats, endClassroom, openClassroom, type Place } from './queries.ts'
import { type RoomCode, roomCode } from './room-code.ts'

/** Nobody forgets to close a room for longer than this. */
export const longestMs = 4 * 3_600_000
const lookEveryMs = 5_000

export interface Room {
  code(): RoomCode
  /** Null while nothing listens. */
  listening(): Listening | null
  /** Begins to listen and returns where; the session that it is for follows at once. */
  open(organizationId: Id, wanted: Omit<Place, 'name'>): Promise<Place>
  /** Stops listening once the call that asks for it is through. */
  closeSoon(): void
  /** Listens again when the program has ended within a session, and ends a session that is over. */
  follow(router: RoomPlace['router']): Promise<void>
  close(): Promise<void>
}

export interface Listening extends Pick<OpenRoom, 'port' | 'addresses' | 'callers'> {
  /** SHA-256 of the certificate, base64url; null where nothing is encrypted. */
  fingerprint: string | null
}

export interface RoomOptions {
  clock: Clock
  certificates: RoomCertificates
  database: Pick<DatabaseFile, 'reader' | 'write'>
  installation: string
  /** Left out by what has no way to the network. */
  listener: RoomListener | undefined
}

/** The one room of this machine: what listens follows the session in the database. */
export function roomOf({ clock, database, installation, listener, certificates }: RoomOptions): Room {
  let router: RoomPlace['router'] | undefined
  let open: (OpenRoom & Listening) | null = null
  let code = roomCode(clock)
  let openedAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setInterval> | undefined
  let closing: ReturnType<typeof setTimeout> | undefined
  let underWay: Promise<unknown> = Promise.resolve()

  /** One change after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = underWay.then(work)
    underWay = done.catch(() => undefined)
    return done
  }

  async function listen(organizationId: Id, { address, port, name, security }: Place) {
    if (!listener || !router) throw new Refusal('conflict', 'classroom.noListener')
    if (!ownNetworks().some((network) => network.address === address) && !address.startsWith('127.')) {
      throw new Refusal('conflict', 'classroom.addressMissing', { address })
    }
    if (open) return open.port
    const certified = await certifiedFor(organizationId, { address, port, name, security })
    const opened = await listener
      .open({ router, installation, address, port, name, certified })
      .catch((error: unknown) => {
        throw asRefusal(error, { address, port })
      })
    open = { ...opened, fingerprint: certified ? fingerprintOf(certified.certificate) : null }
    return open.port
  }

  async function certifiedFor(organizationId: Id, place: Place) {
    if (place.security === 'open') return undefined
    if (!isPrivate(place.address)) throw new Refusal('conflict', 'classroom.addressPublic', { address: place.address })
    return certificates.server(organizationId, place)
  }

  async function stop() {
    const leaving = open
    open = null
    await leaving?.close()
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
      await listen(session.organizationId, session.place).catch(() => undefined)
    }
  }

  return {
    code: () => code,
    listening: () => open,
    open: (organizationId, wanted) =>
      inTurn(async () => {
        // What still listens is for the session before, at its place and with its certificate.
        clearTimeout(closing)
        await stop()
        const place = { ...wanted, name: newRoomName() }
        const port = await listen(organizationId, place)
        openedAt = clock.monotonic()
        code = roomCode(clock)
        return { ...place, port }
      }),
    closeSoon() {
      openedAt = Number.NEGATIVE_INFINITY
      closing = setTimeout(() => void inTurn(stop), 200).unref()
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

/** Random, so that nothing of the centre goes over the air. */
function newRoomName(): string {
  return `bdc-${randomBytes(2).toString('hex')}.local`
}

function asRefusal(error: unknown, { address, port }: Pick<Place, 'address' | 'port'>): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE' || code === 'EACCES') return new Refusal('conflict', 'classroom.portTaken', { port })
  if (code === 'EADDRNOTAVAIL') return new Refusal('conflict', 'classroom.addressMissing', { address })
  return error
}
