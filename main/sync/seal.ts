import { envelopeOf } from './envelope.ts'
import { type Membership, ownMembership } from './membership.ts'
import { inOneWrite, type Replica } from './replica.ts'
import { stateOf } from './rows.ts'
import type { SyncTable } from './schema.ts'
import { type RowState, writtenIn } from './state.ts'
import { type EnvelopeHead, type PushedRow, protocol } from './wire.ts'

/** Of one envelope. A transaction that wrote more is spread over several, sealed together. */
export const envelopeRows = 2000
export const envelopeBytes = 2 ** 20

interface Changed {
  table: number
  id: number
  change: number
  base: number
  /** Where it was looked at already. */
  state?: RowState
}

/**
 * Seals what was written here since the last time, in one transaction, and says whether there was anything. What is sealed
 * is never built again: the same bytes are sent until the centre has them.
 */
export function sealNext(replica: Replica, now: string, atMost = envelopeRows): boolean {
  return inOneWrite(replica, () => {
    const membership = ownMembership(replica)
    // What a life before has sealed goes first, in its own name.
    if (membership.former !== null) return false
    replica.prepared('UPDATE sync_state SET within = 0 WHERE within > 0').run()
    const { rows, through } = nextRows(replica, membership, Math.min(atMost, envelopeRows))
    if (rows.length === 0) return false
    const lines = sorted(replica, rows).map(({ table, row }) => lineOf(replica, table, row, membership.site))
    const bodies = chunksOf(lines)
    // Only with the last of them is all of the change on its way.
    const throughOf = (index: number) => (index === bodies.length - 1 ? through : membership.sealed)
    putIntoOutbox(
      replica,
      membership,
      bodies.map((body, index) => ({ ...body, through: throughOf(index), sealedAt: now })),
    )
    noteAhead(replica, rows, through)
    replica.prepared('UPDATE sync_state SET sealed = ?').run(through)
    return true
  })
}

export function sealAll(replica: Replica, now: string) {
  while (sealNext(replica, now));
}

/** Whole changes, the earliest first, and of the rows they refer to those that the centre does not know yet. */
function nextRows(replica: Replica, { sealed, change }: Membership, limit: number) {
  const select = 'SELECT table_number AS "table", id, change, base FROM sync_rows WHERE'
  const found = replica
    .prepared<Changed>(`${select} change > 0 AND change > ? ORDER BY change LIMIT ${limit + 1}`)
    .all(sealed)
  if (found.length <= limit) return { rows: found, through: change }
  const next = found.at(-1)?.change ?? change
  const whole = found.filter((row) => row.change < next)
  const through = whole.at(-1)?.change ?? next
  const rows = whole.length > 0 ? whole : replica.prepared<Changed>(`${select} change > 0 AND change = ?`).all(next)
  return { rows: withParents(replica, rows, through), through }
}

/** A row that was written again later stands in a later envelope, and what refers to it must not arrive without it. */
function withParents(replica: Replica, rows: Changed[], through: number): Changed[] {
  const all = new Map(rows.map((row) => [`${row.table} ${row.id}`, row]))
  const noted = replica.prepared<Changed>(
    'SELECT table_number AS "table", id, change, base FROM sync_rows WHERE table_number = ? AND id = ? AND change > ?',
  )
  for (const row of all.values()) {
    const table = replica.schema.byNumber.get(row.table)
    const state = table && stateOf(replica, table, row.id)
    if (state) row.state = state
    for (const { column, parent } of table?.references ?? []) {
      const number = replica.schema.byName.get(parent)?.number
      const later = noted.get(number, state?.values[column] ?? null, through)
      if (later) all.set(`${later.table} ${later.id}`, all.get(`${later.table} ${later.id}`) ?? later)
    }
  }
  return [...all.values()]
}

/** What goes before its turn belongs to this envelope from now on, as to where a copy of this disk parted from it. */
function noteAhead({ prepared }: Replica, rows: Changed[], through: number) {
  const note = prepared('UPDATE sync_rows SET born = ? WHERE table_number = ? AND id = ? AND born > ?')
  for (const { table, id, change } of rows) if (change > through) note.run(through, table, id, through)
}

function sorted({ schema }: Replica, rows: Changed[]) {
  return rows
    .flatMap((row) => {
      const table = schema.byNumber.get(row.table)
      return table ? [{ table, row }] : []
    })
    .sort((a, b) => a.table.place - b.table.place || a.row.id - b.row.id)
}

function lineOf(
  replica: Replica,
  table: SyncTable,
  { id, base, state = stateOf(replica, table, id) }: Changed,
  site: number,
): Line {
  if (!state) throw new Error(`${table.name} ${id} is to be sealed, and nothing is known of it.`)
  return { text: JSON.stringify({ ...state, base } satisfies PushedRow), clock: writtenIn(state)[site] ?? 0 }
}

interface Line {
  text: string
  /** The latest that this machine gave to a write which stands in it, 0 for none. */
  clock: number
}

function chunksOf(lines: Line[]): Pick<Contents, 'body' | 'clock'>[] {
  const chunks: Line[][] = [[]]
  let bytes = 0
  for (const line of lines) {
    const size = Buffer.byteLength(line.text) + 1
    const last = chunks.at(-1) ?? []
    if (last.length > 0 && (last.length >= envelopeRows || bytes + size > envelopeBytes)) {
      chunks.push([line])
      bytes = size
    } else {
      last.push(line)
      bytes += size
    }
  }
  return chunks.map((chunk) => ({
    body: chunk.map(({ text }) => text).join('\n'),
    clock: Math.max(0, ...chunk.map(({ clock }) => clock)),
  }))
}

/** The rows of one envelope, whoever this database is when it is sealed. */
export interface Contents {
  body: string
  /** The last local change that has gone once the centre has this. */
  through: number
  /** The latest that this machine gave to a write which stands in it, 0 for none. */
  clock: number
  sealedAt: string
}

/** Seals them behind what the outbox holds. */
export function putIntoOutbox(replica: Replica, membership: Membership, contents: readonly Contents[]) {
  const { incarnation, privateKey, cursor } = membership
  const site = membership.former ?? membership.site
  const schema = Number(replica.connection.pragma('user_version', { simple: true }))
  let { number, hash: previous } = lastSealed(replica, membership)
  for (const { body, through, clock, sealedAt } of contents) {
    number += 1
    const head: EnvelopeHead = { protocol, schema, site, incarnation, number, previous, cursor }
    const envelope = envelopeOf(privateKey, previous, JSON.stringify(head), body)
    replica
      .prepared(
        'INSERT INTO sync_outbox (number, head, hash, signature, through_change, clock, sealed_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(number, envelope.head, envelope.hash, envelope.signature, through, clock, sealedAt)
    replica.prepared('INSERT INTO sync_bodies (number, body) VALUES (?, ?)').run(number, body)
    previous = envelope.hash
  }
}

/** The envelope that the next one follows. */
function lastSealed({ prepared }: Replica, { acknowledged, chain }: Membership) {
  const last = prepared<{ number: number; hash: string }>(
    'SELECT number, hash FROM sync_outbox ORDER BY number DESC LIMIT 1',
  ).get()
  return last ?? { number: acknowledged, hash: chain }
}
