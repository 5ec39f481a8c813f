import { expectAgain } from './forgotten.ts'
import { type Membership, ownMembership } from './membership.ts'
import { throughAcknowledged } from './outbox.ts'
import { moveRows } from './rekey.ts'
import { inOneWrite, type Replica, whileApplying } from './replica.ts'
import { clockBefore, restamp } from './restamp.ts'
import { claimLess, partedContents, sealUnsent, unsentOf } from './unsent.ts'
import type { HelloReply } from './wire.ts'

export type Random = (bytes: number) => Buffer

/** No site is left for another life of this database: the centre has to let it in anew. */
export class NoSpareSite extends Error {
  override name = 'NoSpareSite'
}

/**
 * This database was restored or copied: the life before may have gone on elsewhere. It takes a site of its own, and begins
 * at its first envelope. What the centre is not known to have keeps its stamps, so that it means the same where the other
 * life has sent it already.
 *
 * @throws {NoSpareSite}
 */
export function beginNewLife(replica: Replica, random: Random) {
  inOneWrite(replica, () => {
    const unsent = unsentOf(replica)
    takeSpareSite(replica, random)
    sealUnsent(replica, unsent)
  })
}

/**
 * The disk was copied whole, and the other copy was first at the centre. What was written here since they parted moves
 * into a block of its own, with stamps of its own: the other copy gave out the same numbers.
 *
 * @throws {NoSpareSite}
 */
export function partFromCopy(replica: Replica, random: Random) {
  inOneWrite(replica, () => {
    const before = ownMembership(replica)
    const through = throughAcknowledged(replica)
    const clock = clockBefore(replica)
    const unsent = unsentOf(replica)
    pullFromParting(replica)
    const after = takeSpareSite(replica, random)
    const moving = { from: before.site, to: after.site, ...bornAfter(replica, before.site, through) }
    const parting = { from: before.site, to: after.site, clock, through }
    whileApplying(replica, () => moveRows(replica.connection, moving))
    countBeyond(replica, after.site)
    restamp(replica, parting)
    sealUnsent(replica, partedContents(replica, unsent, moving, parting))
  })
}

/** Rows that came into this block kept their places in it, and new ones must not ask for the same. */
function countBeyond({ prepared, schema }: Replica, site: number) {
  const beyond = prepared(`UPDATE id_counters SET next = max(next, 1 + coalesce(
    (SELECT max(id) & 4294967295 FROM sync_rows WHERE table_number = ? AND id >> 32 = ?), 0)) WHERE table_name = ?`)
  for (const { name, number } of schema.tables) beyond.run(number, site, name)
}

/** Rows of a site that were made after a change, and those among them that the centre has all the same. */
function bornAfter({ prepared, schema }: Replica, site: number, through: number) {
  const nameOf = (table: number) => schema.byNumber.get(table)?.name ?? ''
  const born = prepared<{ table: number; first: number }>(
    `SELECT table_number AS "table", min(id) AS first FROM sync_rows
    WHERE born > ? AND id >> 32 = ? GROUP BY table_number`,
  ).all(through, site)
  const ahead = prepared<number>(
    'SELECT id FROM sync_rows WHERE table_number = ? AND id > ? AND id >> 32 = ? AND born <= ?',
  ).pluck()
  return {
    firsts: new Map(born.map(({ table, first }) => [nameOf(table), first])),
    staying: new Map(born.map(({ table, first }) => [nameOf(table), new Set(ahead.all(table, first, site, through))])),
  }
}

/** What the other copy has sent since came from this site too, as far as the centre knew, and was not given to it. */
function pullFromParting({ prepared }: Replica) {
  prepared(`UPDATE sync_state SET cursor = min(cursor, coalesce(
    (SELECT head ->> 'cursor' FROM sync_outbox WHERE acknowledged_at IS NOT NULL ORDER BY number DESC LIMIT 1), 0))`).run()
}

function takeSpareSite(replica: Replica, random: Random): Membership {
  const { prepared } = replica
  const [site, ...rest] = ownMembership(replica).spareSites
  if (site === undefined) throw new NoSpareSite('No site is left for another life of this database.')
  const sealed = throughAcknowledged(replica)
  prepared('DELETE FROM sync_outbox').run()
  prepared('DELETE FROM sync_inbox').run()
  prepared(`UPDATE sync_state SET spare_sites = ?, incarnation = ?, sealed = ?, acknowledged = 0, chain = '',
    page = cursor, upto = NULL, openings = 0`).run(JSON.stringify(rest), uuidFrom(random(16)), sealed)
  prepared('UPDATE local_site SET site = ?').run(site)
  prepared('UPDATE id_counters SET next = 1').run()
  return ownMembership(replica)
}

/** RFC 9562, version 4. */
export function uuidFrom(bytes: Buffer): string {
  const hex = Buffer.from(bytes)
  hex.writeUInt8((hex.readUInt8(6) & 0x0f) | 0x40, 6)
  hex.writeUInt8((hex.readUInt8(8) & 0x3f) | 0x80, 8)
  return hex.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * The centre was itself restored: it has lost envelopes that it had acknowledged, and what others had sent. Ours are sent
 * again as they are, and rows that came from what it lost are offered anew. What it has though its answer never came is sent
 * again too: only that answer tells what was refused of it.
 */
export function followRollback(replica: Replica, reply: HelloReply) {
  inOneWrite(replica, () => {
    const { prepared } = replica
    const { head, history } = reply
    const own = ownMembership(replica)
    const { acknowledged, chain } = own.acknowledged < reply.acknowledged ? own : reply
    const isWhole = isOutboxWhole(replica, acknowledged)
    prepared('UPDATE sync_outbox SET acknowledged_at = NULL WHERE number > ?').run(acknowledged)
    // What was forgotten since is sealed anew, under numbers that the centre does not know.
    if (!isWhole) sealAnew(replica, acknowledged)
    prepared('UPDATE sync_state SET history = ?, acknowledged = ?, chain = ?').run(history, acknowledged, chain)
    // What was written here in a life before, the outbox of this one does not hold.
    const first = prepared<number | null>('SELECT min(number) FROM sync_outbox').pluck().get() ?? 1
    const lost = `base > @head OR (@first = 1 AND change > 0 AND change <= (SELECT sealed FROM sync_state))`
    prepared(
      `UPDATE sync_state SET change = change + 1, within = 0 WHERE EXISTS (SELECT 1 FROM sync_rows WHERE ${lost})`,
    ).run({ head, first })
    prepared(`UPDATE sync_rows SET change = (SELECT change FROM sync_state) WHERE ${lost}`).run({ head, first })
    claimLess(replica, unsentOf(replica), head)
    prepared('UPDATE sync_state SET cursor = min(cursor, ?), upto = NULL').run(head)
    prepared('UPDATE sync_state SET page = cursor').run()
    prepared('DELETE FROM sync_inbox').run()
    prepared('UPDATE sync_contents SET is_at_centre = 0, due_at = NULL').run()
    prepared(`DELETE FROM sync_refused WHERE reason = 'parentMissing' AND seen_at IS NOT NULL`).run()
    // It is asked anew, and may take it now.
    prepared('DELETE FROM sync_refused WHERE envelope > ? AND seen_at IS NULL').run(acknowledged)
  })
}

function isOutboxWhole({ prepared }: Replica, acknowledged: number): boolean {
  const found = prepared<{ count: number; last: number | null }>(
    'SELECT count(*) AS count, max(number) AS last FROM sync_bodies WHERE number > ?',
  ).get(acknowledged)
  const last = prepared<number | null>('SELECT max(number) FROM sync_outbox').pluck().get() ?? acknowledged
  return (found?.count ?? 0) === last - acknowledged
}

function sealAnew({ prepared }: Replica, acknowledged: number) {
  prepared(
    `UPDATE sync_state SET sealed = coalesce((SELECT max(through_change) FROM sync_outbox WHERE number <= ?), 0)`,
  ).run(acknowledged)
  prepared('DELETE FROM sync_outbox WHERE number > ?').run(acknowledged)
}

/** The centre no longer remembers what went: everything is pulled again and joined with what is here. */
export function beginAgain(replica: Replica) {
  inOneWrite(replica, () => {
    replica.prepared('DELETE FROM sync_inbox').run()
    replica.prepared('UPDATE sync_state SET cursor = 0, page = 0, upto = NULL').run()
    expectAgain(replica)
  })
}
