import { readInvitation } from '../../shared/invitation.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import type { DatabaseFile } from '../database/database.ts'
import { enrolDatabase, newIdentity, refuseUnfit } from './enrol.ts'
import { pinnedAuthority, WrongCentre } from './transports/authority.ts'
import { enrolAt, NotLetIn } from './transports/enrol-at.ts'
import { type Enrolment, Unreachable } from './wire.ts'

interface Join {
  database: DatabaseFile
  clock: Clock
  /** The version of this program. */
  app: string
  /** The whole text of an invitation. */
  invitation: string
  /** What this computer is called at the centre. */
  machine: string
  /** Who asked for it. */
  by: number | null
}

/**
 * Makes a database that stands alone part of an organization at the centre. What would be refused here is refused before the
 * code is used. Killed before the move of the rows, nothing has changed here, and the same invitation makes another try.
 */
export async function joinCentre({ database, clock, app, invitation, machine, by }: Join) {
  const read = readInvitation(invitation)
  if (!read) throw new Refusal('invalid', 'sync.notAnInvitation')
  refuseUnfit(database.connection)
  const site = database.connection.prepare<[], number>('SELECT site FROM local_site').pluck().get()
  if (site !== 0) throw new Refusal('conflict', 'sync.leftBefore')

  const identity = newIdentity()
  const schema = Number(database.connection.pragma('user_version', { simple: true }))
  const { publicKey, incarnation } = identity
  const { enrolment, authority } = await refusing(async () => {
    const found = read.authority === null ? null : await pinnedAuthority(read.origin, read.authority)
    const device = { publicKey, incarnation, app, schema, machine }
    return { enrolment: await enrolAt({ origin: read.origin, authority: found }, read.code, device), authority: found }
  })
  await keepWay(database, read.origin, authority)
  await enrolDatabase({ database, enrolment, identity, clock, by })
}

/** First: whatever happens after the move, the database knows where its centre is. Without a membership it means nothing. */
function keepWay(database: DatabaseFile, address: string, authority: string | null) {
  return database.write((db) =>
    db
      .insertInto('sync_way')
      .values({ one: 1, address, authority })
      .onConflict((conflict) => conflict.column('one').doUpdateSet({ address, authority }))
      .execute(),
  )
}

interface LetIn {
  enrolment: Enrolment
  authority: string | null
}

async function refusing(work: () => Promise<LetIn>): Promise<LetIn> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof WrongCentre) throw new Refusal('forbidden', 'sync.wrongCentre')
    if (error instanceof NotLetIn && error.problem === 'busy') throw new Refusal('throttled', 'sync.tooManyTries')
    if (error instanceof NotLetIn) throw new Refusal('invalid', 'sync.codeRefused')
    if (error instanceof Unreachable) throw new Refusal('conflict', 'sync.unreachable')
    throw error
  }
}
