import { expectAgain } from './forgotten.ts'
import { ownMembership } from './membership.ts'
import { goBackTo, isOutboxWhole, nextToPush, throughAcknowledged } from './outbox.ts'
import { moveRows } from './rekey.ts'
import { inOneWrite, type Replica, whileApplying } from './replica.ts'
import { clockBefore, restamp } from './restamp.ts'
import { type SharedPast, sharedPast } from './shared-past.ts'
import type { RowState } from './state.ts'
import { claimLess, partedContents, sealUnsent, unsentOf } from './unsent.ts'
import type { HelloReply } from './wire.ts'

export type Random = (bytes: number) => Buffer

/** No site is left for another life of this database: the centre has to let it in anew. */
export class NoSpareSite extends Error {
  override name = 'NoSpareSite'
}

/**
 * This database was restored or copied: the life before may have gone on elsewhere. It takes a site of its own, unless the
 * centre has not heard of the one that it has, and begins at its first envelope. What the centre is not known to have keeps its
 * stamps, so that it means the same where the other life has sent it already. What was sealed goes as it is and in the name of
 * the life before: by its hash the centre tells whether that has sent it, or a copy of the disk something else in its place.
 *
 * @throws {NoSpareSite}
 */
export function beginNewLife(replica: Replica, random: Random) {
  inOneWrite(replica, () => {
    const { site, former } = ownMembership(replica)
    // While it speaks for another life the centre has not heard of this one, and hello tells whether a copy has taken its site.
    if (former !== null) return beginIncarnation(replica, random)
    const isUnsent = nextToPush(replica) !== undefined
    becomeSite(replica, nextSpare(replica), random)
    if (isUnsent) speakAs(replica, site)
    else endFormer(replica)
  })
}

/** Nothing of the life before is left to be sent: from here on this database speaks for itself. */
export function endFormer(replica: Replica) {
  inOneWrite(replica, () => {
    emptyOutbox(replica)
    speakAs(replica, null)
  })
}

/** The centre no longer follows what the life before had sealed: it goes in the name of this one. */
export function takeOver(replica: Replica) {
  inOneWrite(replica, () => {
    const unsent = unsentOf(replica)
    endFormer(replica)
    sealUnsent(replica, unsent)
  })
}

/**
 * The disk was copied whole, and the other copy was first at the centre. What was written here since they parted moves
 * into a block of its own, with stamps of its own: the other copy gave out the same numbers. The same holds where this
 * database was restored since, of what its former life had written. `theirs`: what the centre has of the other copy, which
 * tells what both had written before they parted.
 *
 * @throws {NoSpareSite}
 */
export function partFromCopy(replica: Replica, random: Random, theirs: readonly RowState[] = []) {
  inOneWrite(replica, () => {
    const before = ownMembership(replica)
    const through = throughAcknowledged(replica)
    const unsent = unsentOf(replica)
    const from = before.former ?? before.site
    const shared = sharedPast(replica, { site: from, clock: clockBefore(replica), through, unsent, theirs })
    pullFromParting(replica)
    const to = nextSpare(replica)
    if (before.former === null) becomeSite(replica, to, random)
    else speakAs(replica, to)
    emptyOutbox(replica)
    const moving = { from, to, ...bornAfter(replica, from, through, shared) }
    const parting = { from, to, clock: shared.clock, through }
    whileApplying(replica, () => moveRows(replica.connection, moving))
    if (before.former === null) countBeyond(replica, to)
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

/** Rows of a site that were made after a change, and those among them that are not of this copy alone. */
function bornAfter({ prepared, schema }: Replica, site: number, through: number, { rows: shared }: SharedPast) {
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
    staying: new Map(
      born.map(({ table, first }) => {
        const name = nameOf(table)
        return [name, new Set([...ahead.all(table, first, site, through), ...(shared.get(name) ?? [])])]
      }),
    ),
  }
}

/** What the other copy has sent since came from this site too, as far as the centre knew, and was not given to it. */
function pullFromParting(replica: Replica) {
  const cursor = cursorAtParting(replica)
  replica.prepared('UPDATE sync_state SET cursor = ?, page = ?').run(cursor, cursor)
}

/** Where both copies had read to when the last envelope of both was sealed. */
export function cursorAtParting({ prepared }: Replica): number {
  const found = prepared<number>(`SELECT min(cursor, coalesce(
    (SELECT head ->> 'cursor' FROM sync_outbox WHERE acknowledged_at IS NOT NULL ORDER BY number DESC LIMIT 1), 0)) FROM sync_state`)
  return found.pluck().get() ?? 0
}

/** The first that no other copy of this disk is known to have taken: its rows stand here already. */
function nextSpare(replica: Replica): number {
  const { prepared, schema } = replica
  const known = ['sync_rows', 'sync_parked'].map((table) =>
    prepared(`SELECT 1 FROM ${table} WHERE table_number = ? AND id BETWEEN ? << 32 AND (? << 32) + 4294967295 LIMIT 1`),
  )
  const isTaken = (site: number) =>
    schema.tables.some(({ number }) => known.some((rows) => rows.get(number, site, site) !== undefined))
  const { spareSites } = ownMembership(replica)
  const site = spareSites.find((one) => !isTaken(one))
  if (site === undefined) throw new NoSpareSite('No site is left for another life of this database.')
  prepared('UPDATE sync_state SET spare_sites = ?').run(JSON.stringify(spareSites.slice(spareSites.indexOf(site) + 1)))
  return site
}

/** As the centre knows them: those of an older state of this database have been taken since. */
export function keepSpareSites({ prepared }: Replica, sites: readonly number[]) {
  prepared('UPDATE sync_state SET spare_sites = @sites WHERE spare_sites <> @sites').run({
    sites: JSON.stringify(sites),
  })
}

/** Whatever is written from here on is of this site. */
function becomeSite(replica: Replica, site: number, random: Random) {
  beginIncarnation(replica, random)
  replica.prepared('UPDATE local_site SET site = ?').run(site)
  replica.prepared('UPDATE id_counters SET next = 1').run()
}

/** The centre tells this life of the site from any other. */
function beginIncarnation({ prepared }: Replica, random: Random) {
  prepared('DELETE FROM sync_inbox').run()
  prepared('UPDATE sync_state SET incarnation = ?, page = cursor, upto = NULL, openings = 0').run(uuidFrom(random(16)))
}

function speakAs({ prepared }: Replica, former: number | null) {
  prepared('UPDATE sync_state SET former_site = ?').run(former)
}

/** What the centre is not known to have counts as unsealed from here on. */
function emptyOutbox(replica: Replica) {
  const sealed = throughAcknowledged(replica)
  replica.prepared('DELETE FROM sync_outbox').run()
  replica.prepared(`UPDATE sync_state SET sealed = ?, acknowledged = 0, chain = ''`).run(sealed)
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
    goBackTo(replica, acknowledged, chain)
    // What was forgotten since is sealed anew, under numbers that the centre does not know.
    if (!isWhole) sealAnew(replica, acknowledged)
    prepared('UPDATE sync_state SET history = ?').run(history)
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
  })
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
