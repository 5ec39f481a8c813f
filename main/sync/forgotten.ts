import { letGoOf } from './absent.ts'
import type { FeedRecord } from './inbox.ts'
import { isAlive } from './merge.ts'
import { parkedAt, unpark } from './parked.ts'
import { getsEverything, hearsOf, isReferredTo } from './referring.ts'
import { asWrittenHere, type Replica } from './replica.ts'
import { forget, isStanding, noteRemains, stateOf, takeOut, unlessUnfit } from './rows.ts'
import { compareStamps, hasSeen, type RowState } from './state.ts'
import { unsentOf } from './unsent.ts'
import type { PushedRow } from './wire.ts'

/**
 * Everything is pulled again, because the centre has forgotten deletions that this machine never heard of: what it had at the
 * centre and does not come now was deleted. What the centre never gave to this machine may be out of its scope, unless it
 * gets everything; and what the centre has refused, or what was written here since, is left to a person.
 */
export function expectAgain(replica: Replica) {
  const unheard = replica.schema.tables.filter((table) => !hearsOf(replica, table)).map(({ number }) => number)
  const unsent = unsentOf(replica).flatMap(({ body }) =>
    body.split('\n').map((line) => {
      const { table, id }: PushedRow = JSON.parse(line)
      return [table, id]
    }),
  )
  replica
    .prepared(
      `UPDATE sync_rows SET again = change + 1
      WHERE change <= (SELECT sealed FROM sync_state) AND table_number NOT IN (SELECT value FROM json_each(@unheard))
        AND (table_number, id) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(@unsent))
        AND NOT EXISTS (
          SELECT 1 FROM sync_refused AS r WHERE r.table_number = sync_rows.table_number AND r.id = sync_rows.id
        )
        AND (base > 0 OR EXISTS (SELECT 1 FROM sync_state WHERE scope = 'organization'))`,
    )
    .run({ unsent: JSON.stringify(unsent), unheard: JSON.stringify(unheard) })
}

interface Gone {
  number: number
  id: number
  /** It went here, or came back once. */
  hasDeletion: 0 | 1
}

/** Once everything has come: children before parents, and nothing that something else here still needs. */
export function dropForgotten(replica: Replica) {
  const { prepared, schema } = replica
  const left = prepared<Gone>(
    `SELECT table_number AS number, id, deletion IS NOT NULL AS hasDeletion FROM sync_rows WHERE again > 0 AND again = change + 1
      AND NOT EXISTS (SELECT 1 FROM sync_parked AS p WHERE p.table_number = sync_rows.table_number AND p.id = sync_rows.id)
    ORDER BY id DESC`,
  ).all()
  if (left.length === 0) return
  const placeOf = ({ number }: Gone) => schema.byNumber.get(number)?.place ?? 0
  left.sort((one, other) => placeOf(other) - placeOf(one))
  const staying = dropAll(replica, left)
  // Elsewhere what has not come may be out of scope, and goes on being named by what stands without it here.
  const letGo = getsEverything(replica) ? standWithout : letGoOfAll
  dropAll(replica, staying, () => letGo(replica, staying))
  prepared('UPDATE sync_rows SET again = 0 WHERE again > 0').run()
}

/** Until nothing goes any more; gives back what stays. */
function dropAll(replica: Replica, rows: Gone[], before = () => {}): Gone[] {
  let left = rows
  for (let count = left.length + 1; left.length < count; ) {
    count = left.length
    before()
    left = left.filter((row) => !drop(replica, row))
  }
  return left
}

function drop(replica: Replica, { number, id, hasDeletion }: Gone): boolean {
  const table = replica.schema.byNumber.get(number)
  if (!table) return false
  const isHere = isStanding(replica, table.name, id)
  if (isHere && isReferredTo(replica, table, id)) return false
  if (!isHere && hasDeletion === 1) return true
  takeOut(replica, table, id)
  forget(replica, table, id)
  noteRemains(replica)
  return true
}

/** Whoever may do without them stands without them from now on, as where they were deleted; that is written here, and sent. */
function standWithout(replica: Replica, gone: readonly Gone[]) {
  const isGone = new Set(gone.map(({ number, id }) => `${number} ${id}`))
  for (const { number, id } of gone) {
    const referring = referringTo(replica, number, id)
    if (referring.some(({ isFirm }) => isFirm)) continue
    for (const { child, column, ids } of referring)
      for (const childId of ids.filter((one) => !isGone.has(`${child.number} ${one}`)))
        unlessUnfit(() =>
          asWrittenHere(replica, () =>
            replica.prepared(`UPDATE ${child.name} SET "${column}" = NULL WHERE id = ?`).run(childId),
          ),
        )
  }
}

function letGoOfAll(replica: Replica, gone: readonly Gone[]) {
  for (const { number, id } of gone) {
    const table = replica.schema.byNumber.get(number)
    if (table) letGoOf(replica, table, id)
  }
}

/** Rows that name it, column by column. */
function referringTo({ prepared, schema }: Replica, number: number, id: number) {
  return (schema.byNumber.get(number)?.referredBy ?? []).flatMap(({ table: name, column }) => {
    const child = schema.byName.get(name)
    const ids = prepared<number>(`SELECT id FROM ${name} WHERE "${column}" = ?`).pluck().all(id)
    if (!child || !hearsOf({ prepared }, child) || ids.length === 0) return []
    const isFirm = child.references.find((one) => one.column === column)?.onDelete !== 'SET NULL'
    return [{ child, column, ids, isFirm }]
  })
}

/**
 * A row comes that knows nothing of a deletion which the centre had before it was asked: the centre has forgotten that since,
 * and whoever made the row has brought it back. Who still knew of it would keep the row from themselves alone.
 */
export function forgetDeletion(replica: Replica, { row, number }: Extract<FeedRecord, { row: RowState }>) {
  const table = replica.schema.byNumber.get(row.table)
  if (!table) return
  const waiting = parkedAt(replica, table.number, row.id)
  const hasFallen = waiting && waiting.base < number && !isAlive(waiting.state, table.rules)
  if (hasFallen && !knowsDeletionOf(row, waiting.state)) unpark(replica, table.number, row.id)
  const isKnown = replica.prepared(
    `SELECT 1 FROM sync_rows WHERE table_number = ? AND id = ? AND deletion IS NOT NULL AND image IS NOT ''
      AND change <= (SELECT known FROM sync_state)`,
  )
  if (!isKnown.get(table.number, row.id) || isStanding(replica, table.name, row.id)) return
  const here = stateOf(replica, table, row.id)
  if (here && !knowsDeletionOf(row, here)) forget(replica, table, row.id)
}

/** What the centre was told it joins with all that it knows, and never knows less of it until it forgets the row. */
function knowsDeletionOf({ deletion }: RowState, { deletion: other }: RowState): boolean {
  if (!other) return true
  if (!deletion || compareStamps(deletion.stamp, other.stamp) < 0) return false
  return Object.entries(other.saw).every(([site, clock]) => hasSeen(deletion.saw, [clock, Number(site)]))
}
