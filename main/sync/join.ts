import type { Insertable } from 'kysely'
import { readInvitation } from '../../shared/invitation.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import type { DatabaseFile } from '../database/database.ts'
import type { Database } from '../database/tables.ts'
import { noOffer } from '../domains/sync/no-offer.ts'
import { enrolDatabase, newIdentity, refuseUnfit } from './enrol.ts'
import { newPassword, scramVerifier } from './scram.ts'
import { pinnedAuthority, WrongCentre } from './transports/authority.ts'
import { accessText, placeIn } from './transports/direct-place.ts'
import { enrolAt, NotLetIn } from './transports/enrol-at.ts'
import { sayHello } from './try-direct.ts'
import { type Enrolment, type HelloRequest, Unreachable } from './wire.ts'

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
  const password = newPassword()
  const { enrolment, authority } = await refusing(async () => {
    const found = read.authority === null ? null : await pinnedAuthority(read.origin, read.authority)
    const device = { publicKey, incarnation, app, schema, machine, verifier: scramVerifier(password) }
    return { enrolment: await enrolAt({ origin: read.origin, authority: found }, read.code, device), authority: found }
  })
  const direct = await triedWay(enrolment, password, { schema, app, incarnation, now: clock.now().getTime() })
  await keepWay(database, { address: read.origin, authority, ...direct })
  await enrolDatabase({ database, enrolment, identity, clock, by })
}

/**
 * The centre offers PostgreSQL itself, and knows the password by its verifier: kept where it answers. Otherwise the gateway is
 * the way, and what was offered is kept with why it did not answer, to be tried again.
 */
async function triedWay(
  { direct, site, history }: Enrolment,
  password: string,
  greeting: Pick<HelloRequest, 'schema' | 'app' | 'incarnation' | 'now'>,
): Promise<Omit<Way, 'address' | 'authority'>> {
  const gateway = { direct: null, direct_authority: null, ...noOffer }
  if (!direct) return gateway
  const access = accessText(direct, password)
  const place = placeIn(access)
  const { authority } = direct
  try {
    if (!place) throw new Refusal('invalid', 'sync.accessUnreadable')
    await sayHello({ place, authority }, { ...greeting, site, history, cursor: 0 })
    return { ...gateway, direct: access, direct_authority: authority }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return {
      ...gateway,
      offer_host: direct.host,
      offer_problem: error.key,
      offer: access,
      offer_authority: authority,
    }
  }
}

type Way = Omit<Insertable<Database['sync_way']>, 'one'>

/** First: whatever happens after the move, the database knows where its centre is. Without a membership it means nothing. */
function keepWay(database: DatabaseFile, way: Way) {
  return database.write((db) =>
    db
      .insertInto('sync_way')
      .values({ one: 1, ...way })
      .onConflict((conflict) => conflict.column('one').doUpdateSet(way))
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
