import { absentOf, fillIn, letGoOf, without } from './absent.ts'
import { receivedClock } from './clock.ts'
import { type Derived, derivedOf } from './derived.ts'
import { isAnybodyErased, isOfErased, markErased, passErased } from './erased.ts'
import { dropForgotten, forgetDeletion } from './forgotten.ts'
import { forgetRecords, recordsIn } from './inbox.ts'
import { ownMembership } from './membership.ts'
import { isAlive, mergeRows } from './merge.ts'
import { offerChildren, offerGiven } from './offer-again.ts'
import { allParked, type Parked, park, parkedAt, unpark, type Why } from './parked.ts'
import { getsEverything, isReferredTo } from './referring.ts'
import { inOneWrite, type Replica, whileApplying } from './replica.ts'
import {
  changedColumns,
  forget,
  insertValues,
  note,
  noteRemains,
  stateWith,
  takeOut,
  unlessUnfit,
  updateValues,
  type Values,
  valuesOf,
} from './rows.ts'
import type { SyncTable } from './schema.ts'
import { sealAll } from './seal.ts'
import { highestClock, type RowState } from './state.ts'
import { hasParents, makeRoom } from './unique.ts'

export interface ApplyOptions {
  /** How many rows at most in one transaction: others write between two of them. */
  rows: number
  now: Date
}

/**
 * Puts the next rows of the inbox into the tables, all of them in one transaction, and says whether some are left. What was
 * written here comes first, so that it is sealed as it was before it met the others. Where the last of them went in, the
 * cursor moves in the same transaction.
 */
export function applyNext(replica: Replica, { rows, now }: ApplyOptions): boolean {
  return inOneWrite(replica, () => {
    sealAll(replica, now.toISOString())
    const records = recordsIn(replica, rows)
    // SQLite prepares every statement anew after this, which is worth it only where something is put in.
    if (records.length > 0) replica.connection.pragma('defer_foreign_keys = ON')
    return whileApplying(replica, () => {
      const derived = derivedOf(replica)
      const getsAll = getsEverything(replica)
      for (const record of records) {
        if ('leave' in record) leave(replica, record.leave, record.number)
        else {
          forgetDeletion(replica, record)
          applyRow(replica, { state: record.row, base: record.number }, derived, !getsAll)
        }
      }
      forgetRecords(replica, records.length)
      const states = records.flatMap((record) => ('row' in record ? [record.row] : []))
      offerChildren(replica, () => states)
      offerGiven(replica, states)
      receive(replica, states.map(highestClock), now)
      const isLast = records.length < rows
      if (isLast) {
        dropForgotten(replica)
        tryParkedAgain(replica, derived, !getsAll)
        fillIn(replica)
        replica.prepared('UPDATE sync_state SET cursor = upto, page = upto, upto = NULL WHERE upto IS NOT NULL').run()
      }
      derived.write()
      return !isLast
    })
  })
}

/** Later writes here go above what has been seen, but a wrong clock of somebody else does not take this one's along. */
export function receive(replica: Replica, clocks: readonly number[], now: Date) {
  const { clock, clockOffset } = ownMembership(replica)
  const corrected = now.getTime() + clockOffset
  const next = clocks.reduce((own, received) => receivedClock(own, received, corrected), clock)
  replica.prepared('UPDATE sync_state SET clock = ?').run(next)
}

/**
 * Says whether the row stands or is gone as it was agreed upon; otherwise it waits. `mayLack`: it stands without what it may
 * do without, where that is not here.
 */
function applyRow(replica: Replica, incoming: Parked, derived: Derived, mayLack: boolean): boolean {
  const table = replica.schema.byNumber.get(incoming.state.table)
  if (!table) return wait(replica, incoming, 'unknown')
  const waiting = parkedAt(replica, table.number, incoming.state.id)
  const standing = valuesOf(replica, table, incoming.state.id)
  const here = stateWith(replica, table, incoming.state.id, standing)
  const { state, base } = joined(table, incoming, waiting, here)
  const absent = mayLack ? absentOf(replica, table, state) : []
  const why = isAlive(state, table.rules)
    ? stand(replica, table, without(state, absent), standing, derived)
    : fall(replica, table, state, standing, derived)
  if (why && why !== 'erased') return wait(replica, { state, base }, why)
  if (!why) note(replica, table, state, base, absent)
  if (!why && isForgotten(state) && isAnybodyErased(replica)) markErased(replica, table.number, state.id)
  if (waiting) unpark(replica, table.number, state.id)
  return true
}

/** Nothing is left of it but that it went, as when its person was erased elsewhere. */
function isForgotten({ deletion, values }: RowState): boolean {
  return deletion !== undefined && Object.keys(values).every((column) => column === 'organization_id')
}

function wait(replica: Replica, parked: Parked, why: Why): false {
  park(replica, parked, why)
  return false
}

/** With what came before and waits, and with what is known here. */
function joined(table: SyncTable, incoming: Parked, waiting: Parked | undefined, here: RowState | undefined): Parked {
  const known = [waiting?.state, here].filter((state) => state !== undefined)
  return {
    state: known.reduce((state, one) => mergeRows(one, state, table.rules).state, incoming.state),
    base: Math.max(incoming.base, waiting?.base ?? 0),
  }
}

/** Writes a living row where this stands of it; says why it has to wait, where it does. */
function stand(
  replica: Replica,
  table: SyncTable,
  state: RowState,
  standing: Values | undefined,
  derived: Derived,
): Why | 'erased' | undefined {
  if (isOfErased(replica, table, state)) return 'erased'
  if (!hasParents(replica, table, state)) return 'parent'
  if (!makeRoom(replica, table, state)) return 'taken'
  const write = () =>
    standing
      ? updateValues(replica, table, state, changedColumns(table, state, standing))
      : insertValues(replica, table, state)
  const why = unlessUnfit(() => passErased(replica, table, state, write))
  if (!why) derived.touched(table, state, standing)
  return why
}

/**
 * Takes a dead row out. While rows stand that refer to it, it stays: they are not at the centre yet, which then lets it live
 * again or empties the reference.
 */
function fall(
  replica: Replica,
  table: SyncTable,
  state: RowState,
  standing: Values | undefined,
  derived: Derived,
): Why | undefined {
  if (!standing) return undefined
  if (isReferredTo(replica, table, state.id)) return 'children'
  const why = unlessUnfit(() => takeOut(replica, table, state.id))
  if (!why) derived.touched(table, { ...state, values: standing })
  return why
}

/**
 * Until nothing moves any more: what one waited for may itself have waited. What a machine that gets everything still lacks
 * then may never come, and nobody waits for it who can do without.
 */
function tryParkedAgain(replica: Replica, derived: Derived, mayLack: boolean): void {
  let waiting = allParked(replica)
  while (waiting.length > 0) {
    const still = waiting.filter((parked) => !applyRow(replica, parked, derived, mayLack))
    if (still.length === waiting.length) return mayLack ? undefined : tryParkedAgain(replica, derived, true)
    waiting = allParked(replica)
  }
}

/**
 * The row no longer concerns this machine, and what belongs to it neither; what else refers to it stands without it. It may
 * have come again since: what has a higher number stays.
 */
function leave(replica: Replica, { table: number, id }: { table: number; id: number }, at: number) {
  const table = replica.schema.byNumber.get(number)
  if (!table || isNewerThan(replica, number, id, at)) return
  for (const { table: name, column } of table.referredBy) {
    const child = replica.schema.byName.get(name)
    const reference = child?.references.find((one) => one.column === column)
    if (!child || reference?.onDelete !== 'CASCADE') continue
    const ids = replica.prepared<number>(`SELECT id FROM ${name} WHERE "${column}" = ?`).pluck().all(id)
    for (const childId of ids) leave(replica, { table: child.number, id: childId }, at)
  }
  unpark(replica, number, id)
  letGoOf(replica, table, id)
  if (isReferredTo(replica, table, id)) return
  takeOut(replica, table, id)
  forget(replica, table, id)
  noteRemains(replica)
}

function isNewerThan({ prepared }: Replica, table: number, id: number, at: number): boolean {
  const base = prepared<number>('SELECT base FROM sync_rows WHERE table_number = ? AND id = ?').pluck().get(table, id)
  return (base ?? 0) > at
}
