import { randomBytes } from 'node:crypto'
import { Refusal } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import type { DatabaseFile, Writer } from '../database/database.ts'
import type { Connection } from '../database/open.ts'
import { freeBytesOf, makeSafeCopy } from '../database/safe-copy.ts'
import { logActivity } from '../domains/activity/log.ts'
import { headOf } from '../domains/activity/queries.ts'
import { resealChains } from '../domains/activity/reseal.ts'
import { verifyChain } from '../domains/activity/verify.ts'
import { noteOrders } from '../domains/privacy/orders.ts'
import { type CaptureOptions, installCapture } from './capture.ts'
import { clockAt } from './clock.ts'
import { privateKeyFrom, publicKeyOf } from './envelope.ts'
import { type Random, uuidFrom } from './lives.ts'
import { moveRows, moverOf } from './rekey.ts'
import { syncSchemaOf } from './schema.ts'
import { keepSiteFile } from './site-file.ts'
import type { Enrolment } from './wire.ts'

/** Who this database will be to the centre: made before it is asked, and kept once it has said yes. */
export interface Identity {
  incarnation: string
  privateKey: string
  publicKey: string
}

export function newIdentity(random: Random = randomBytes): Identity {
  const privateKey = privateKeyFrom(random(32))
  return { incarnation: uuidFrom(random(16)), privateKey, publicKey: publicKeyOf(privateKey) }
}

export interface EnrolOptions {
  database: DatabaseFile
  enrolment: Enrolment
  identity: Identity
  clock: Clock
  /** Who asked for it, by their number before. */
  by: number | null
  capture?: CaptureOptions
}

/**
 * Makes a database that stood alone one of a centre's: every id moves into the block of its site, its organization becomes
 * that of the centre, and all its rows count as changed. One transaction, after a copy of the whole. Whoever has the
 * database open must open it anew: nobody's number is what it was.
 */
export async function enrolDatabase(options: EnrolOptions) {
  const { database, clock, identity } = options
  const organization = refuseUnfit(database.connection)
  makeSafeCopy({
    connection: database.connection,
    path: database.path,
    key: database.key,
    now: () => clock.now(),
    freeBytes: freeBytesOf,
    onPoint: () => {},
  })
  // First: beside a database that stands alone it means nothing, and one that has moved must find it.
  keepSiteFile(database.path, { incarnation: identity.incarnation, epoch: epochOf(database.connection), openings: 0 })
  await database.write(async (db) => {
    const heads = await verifiedHeads(db, database)
    become(options, organization)
    await tell(db, options, heads)
  })
  await noteOrders(database)
}

/** The organization that becomes that of the centre; undefined where nobody has set one up. */
export function refuseUnfit(connection: Connection): number | undefined {
  if (connection.prepare('SELECT 1 FROM sync_state').get()) throw new Refusal('conflict', 'sync.alreadyEnrolled')
  const real = connection
    .prepare<[], number>(`SELECT id FROM organizations WHERE json_extract(settings, '$.practice') IS NOT 1`)
    .pluck()
    .all()
  if (real.length > 1) throw new Refusal('conflict', 'sync.severalOrganizations')
  return real[0]
}

/** What was altered before must not become genuine by being sealed anew. */
async function verifiedHeads(db: Writer, { connection, auditKey }: DatabaseFile) {
  const chains = connection.prepare<[], number>('SELECT DISTINCT chain FROM activity_chain').pluck().all()
  const heads = new Map<number, { sequence: number; mac: string }>()
  for (const chain of chains) {
    const { problem } = await verifyChain(db, auditKey, chain)
    if (problem) throw new Refusal('conflict', 'sync.logDamaged')
    const head = await headOf(db, chain)
    if (head) heads.set(chain, head)
  }
  return { heads }
}

interface Becoming extends Pick<EnrolOptions, 'enrolment' | 'identity' | 'clock' | 'capture'> {
  database: Pick<DatabaseFile, 'connection' | 'auditKey'>
}

/** All that enrolment changes in the tables; within the transaction of the caller. */
export function become({ database, enrolment, identity, clock, capture }: Becoming, organization: number | undefined) {
  const { connection, auditKey } = database
  const now = clockAt(clock.now().getTime())
  const { site, organizationId } = enrolment
  const merged = organization === undefined ? undefined : { from: organization, to: organizationId }
  connection.prepare('UPDATE local_site SET site = ?, applying = 1').run(site)
  moveRows(connection, { from: 0, to: site, ...(merged && { organization: merged }) }, () =>
    resealChains(connection, auditKey),
  )
  if (!merged) {
    connection
      .prepare('INSERT INTO organizations (id, name) VALUES (?, ?)')
      .run(organizationId, enrolment.organizationName)
  }
  connection.prepare('UPDATE local_site SET applying = 0').run()
  const change = stampAll(connection, enrolment, now)
  keepMembership(connection, { enrolment, identity, clock: now, change })
  installCapture(connection, capture)
}

/** A first push must not be one giant change. */
const rowsOfChange = 200

/** All rows with one stamp, parents before children; of the organization itself the centre knows better. */
function stampAll(connection: Connection, { site, organizationId }: Enrolment, clock: number): number {
  let change = 0
  for (const { name, number, owner } of syncSchemaOf(connection).tables) {
    if (name === 'organizations') continue
    const { changes } = connection
      .prepare(
        `INSERT INTO sync_rows (table_number, id, clock, site, highest, change, born)
        SELECT ${number}, id, @clock, @site, @clock, place, place FROM (
          SELECT id, @change + 1 + (row_number() OVER (ORDER BY id) - 1) / ${rowsOfChange} AS place
          FROM ${name} WHERE ${owner} = @organizationId)`,
      )
      .run({ clock, site, change, organizationId })
    change += Math.ceil(changes / rowsOfChange)
  }
  connection
    .prepare('INSERT INTO sync_rows (table_number, id, clock, site, highest) VALUES (1, ?, 0, 0, 0)')
    .run(organizationId)
  return change
}

interface Kept {
  enrolment: Enrolment
  identity: Identity
  clock: number
  change: number
}

function keepMembership(connection: Connection, { enrolment, identity, clock, change }: Kept) {
  connection
    .prepare(
      `INSERT INTO sync_state (one, organization_id, organization_name, scope, trainer_id, incarnation, spare_sites,
        private_key, clock, change, history) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      enrolment.organizationId,
      enrolment.organizationName,
      enrolment.scope,
      enrolment.trainerId,
      identity.incarnation,
      JSON.stringify(enrolment.spareSites),
      identity.privateKey,
      clock,
      change,
      enrolment.history,
    )
}

/** The first line after it says where the log stood before: an anchor on paper is of those numbers. */
async function tell(
  db: Writer,
  { database, enrolment, clock, by }: EnrolOptions,
  { heads }: { heads: Map<number, { sequence: number; mac: string }> },
) {
  const move = moverOf({ from: 0, to: enrolment.site })
  const [head] = [...heads].filter(([chain]) => chain !== 0).map(([, one]) => one)
  await logActivity(db, database.auditKey, {
    actor: { userId: by === null ? null : move('users', by), organizationId: enrolment.organizationId },
    action: 'sync.enrolled',
    resource: 'organizations',
    resourceId: enrolment.organizationId,
    details: { site: enrolment.site, linesBefore: head?.sequence ?? 0, sealBefore: head?.mac ?? null },
    visitor: { ipAddress: '', userAgent: '' },
    now: clock.now().toISOString(),
  })
}

function epochOf(connection: Connection): string | null {
  return connection.prepare<[], string | null>('SELECT epoch FROM local_site').pluck().get() ?? null
}
