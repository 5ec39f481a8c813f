import { ownMembership } from './membership.ts'
import { offerChildren } from './offer-again.ts'
import { inOneWrite, type Replica } from './replica.ts'
import type { Envelope, PushedRow, PushReply, Refused } from './wire.ts'

export interface Sealed extends Envelope {
  number: number
}

/** The first envelope that the centre is not known to have, or the first behind another one. */
export function nextToPush({ prepared }: Replica, after = 0): Sealed | undefined {
  return prepared<Sealed>(
    `SELECT number, head, body, hash, signature FROM sync_outbox JOIN sync_bodies USING (number)
    WHERE number > (SELECT acknowledged FROM sync_state) AND number > ? ORDER BY number LIMIT 1`,
  ).get(after)
}

/** What stands under a number here: '' before the first, undefined where it is not known any more. */
export function hashOf({ prepared }: Replica, number: number): string | undefined {
  if (number === 0) return ''
  const sealed = prepared<string>('SELECT hash FROM sync_outbox WHERE number = ?').pluck().get(number)
  const known = prepared<string>('SELECT chain FROM sync_state WHERE acknowledged = ?').pluck().get(number)
  const previous = prepared<string>(`SELECT head ->> 'previous' FROM sync_outbox WHERE number = ? + 1`)
  return sealed ?? known ?? previous.pluck().get(number)
}

/**
 * Whether the last envelope that the centre has of this site was sealed here. Where what stood under its number is forgotten,
 * nothing speaks for another copy of the disk: it is what others have got from this one.
 */
export function compared(
  replica: Replica,
  { acknowledged, chain }: Pick<PushReply, 'acknowledged' | 'chain'>,
): 'same' | 'different' | 'forgotten' {
  const here = hashOf(replica, acknowledged)
  if (here !== undefined) return here === chain ? 'same' : 'different'
  return acknowledged > lastNumber(replica) ? 'different' : 'forgotten'
}

function lastNumber({ prepared }: Replica): number {
  const found = prepared<number>(
    'SELECT max(acknowledged, coalesce((SELECT max(number) FROM sync_outbox), 0)) FROM sync_state',
  )
  return found.pluck().get() ?? 0
}

/**
 * The centre has everything up to `number`. Bodies stay as long as it may itself be restored from a backup; images of deleted
 * rows have arrived and go.
 */
export function acknowledge(replica: Replica, number: number, refused: readonly Refused[], now: string) {
  inOneWrite(replica, () => {
    const { prepared } = replica
    const before = throughAcknowledged(replica)
    prepared('UPDATE sync_outbox SET acknowledged_at = ? WHERE number <= ? AND acknowledged_at IS NULL').run(
      now,
      number,
    )
    prepared(
      `UPDATE sync_state SET acknowledged = ?, chain = coalesce((SELECT hash FROM sync_outbox WHERE number = ?), chain)
      WHERE acknowledged < ?`,
    ).run(number, number, number)
    prepared(
      `UPDATE sync_rows INDEXED BY idx_sync_rows_image SET image = NULL WHERE image != '' AND change > 0 AND change > ? AND change <= ?`,
    ).run(before, throughAcknowledged(replica))
    offerChildren(replica, () => takenOf(replica, number, refused))
    const through = throughAcknowledged(replica)
    for (const { table, id, column, reason } of refused)
      prepared(
        `INSERT INTO sync_refused (envelope, table_number, id, column_name, reason, refused_at, change)
        VALUES (@number, @table, @id, @column, @reason, @now, min(@through, coalesce(
          (SELECT change FROM sync_rows WHERE table_number = @table AND id = @id), 0)))`,
      ).run({ number, table, id, column, reason, now, through })
    forgetErased(replica)
    forgetOld(replica, now)
  })
}

/** The rows of an envelope that the centre has taken. */
function takenOf({ prepared }: Replica, number: number, refused: readonly Refused[]): PushedRow[] {
  const body = prepared<string>('SELECT body FROM sync_bodies WHERE number = ?').pluck().get(number) ?? ''
  const isRefused = new Set(refused.filter(({ column }) => column === null).map(({ table, id }) => `${table} ${id}`))
  const rows = body.split('\n').map((line): PushedRow => JSON.parse(line))
  return rows.filter(({ table, id }) => !isRefused.has(`${table} ${id}`))
}

/** The last change here that the centre has. */
export function throughAcknowledged({ prepared }: Replica): number {
  return (
    prepared<number | null>('SELECT max(through_change) FROM sync_outbox WHERE acknowledged_at IS NOT NULL')
      .pluck()
      .get() ?? 0
  )
}

/** The same where all that was sealed has arrived, also in the name of a life before, whose envelopes are forgotten. */
export function throughKnown(replica: Replica): number {
  return nextToPush(replica) ? throughAcknowledged(replica) : ownMembership(replica).sealed
}

/** What was sealed before somebody was erased here tells of them until the centre has it, and no longer. */
function forgetErased({ prepared }: Replica) {
  prepared(`DELETE FROM sync_bodies WHERE number IN (
    SELECT number FROM sync_outbox
    WHERE acknowledged_at IS NOT NULL AND through_change <= (SELECT erased_through FROM sync_state)
  )`).run()
}

/** A centre that was restored has lost what came after: it is to be sent again, and may be taken where it was refused. */
export function goBackTo(replica: Replica, acknowledged: number, chain: string) {
  inOneWrite(replica, () => {
    const { prepared } = replica
    prepared('UPDATE sync_outbox SET acknowledged_at = NULL WHERE number > ?').run(acknowledged)
    prepared('UPDATE sync_state SET acknowledged = ?, chain = ?').run(acknowledged, chain)
    prepared('DELETE FROM sync_refused WHERE envelope > ? AND seen_at IS NULL').run(acknowledged)
  })
}

/** Nothing that can be sent again counts as known to the centre, which was restored and may have lost any of it. */
export function doubtAll(replica: Replica) {
  const first = replica
    .prepared<{ number: number; previous: string }>(
      `SELECT number, head ->> 'previous' AS previous FROM sync_outbox WHERE number > coalesce(
        (SELECT max(number) FROM sync_outbox WHERE number NOT IN (SELECT number FROM sync_bodies)), 0) ORDER BY number LIMIT 1`,
    )
    .get()
  if (first) goBackTo(replica, first.number - 1, first.previous)
}

/** Whether all that was sealed after an envelope can still be sent as it was. */
export function isOutboxWhole({ prepared }: Replica, acknowledged: number): boolean {
  const found = prepared<number>('SELECT count(*) FROM sync_bodies WHERE number > ?').pluck().get(acknowledged) ?? 0
  const last = prepared<number | null>('SELECT max(number) FROM sync_outbox').pluck().get() ?? acknowledged
  return found === last - acknowledged
}

const keptDays = 30

/**
 * Envelopes that the centre has had for long. Of the last one only what it held: the next one follows it, and it tells a copy of
 * this disk what both of them had sent.
 */
export function forgetOld({ prepared }: Replica, now: string) {
  const before = new Date(Date.parse(now) - keptDays * 86_400_000).toISOString()
  prepared(`DELETE FROM sync_outbox WHERE acknowledged_at < ? AND number < (SELECT acknowledged FROM sync_state)`).run(
    before,
  )
  prepared('DELETE FROM sync_bodies WHERE number IN (SELECT number FROM sync_outbox WHERE acknowledged_at < ?)').run(
    before,
  )
}
