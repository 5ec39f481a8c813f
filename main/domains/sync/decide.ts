import type { Done, Id } from '../../../shared/contract/base.ts'
import type { DecideConflict } from '../../../shared/contract/sync.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { WriteContext } from '../../context.ts'
import type { TableName } from '../../database/registry.ts'
import { giveGradeAgain } from '../grading/decide-grade.ts'
import { decidedAbout } from './counts-now.ts'
import { followRecord } from './follow-record.ts'
import type { SyncLink } from './link.ts'
import { type ConflictRow, conflictById, tableOf, writeDecision } from './queries.ts'
import { currentValues, isSame, type Stored, storedValues, writeValues } from './record-values.ts'
import { isUndoable } from './show-conflict.ts'

/**
 * A decision is an ordinary write to the record and to the conflict, so that it reaches the other machines like any other, and a
 * person is asked again where somebody has decided otherwise elsewhere.
 */
export async function decide(
  context: WriteContext,
  { id, decision, seen }: DecideConflict,
  link: Pick<SyncLink, 'writeAgain'>,
): Promise<Done> {
  const { db, actor, now, about } = context
  const conflict = await ownConflict(context, id)
  if (conflict.decision !== null) throw new Refusal('conflict', 'sync.alreadyDecided')
  if (decision === 'taken')
    await put(context, conflict, { from: await decidedAbout(db, conflict, seen), to: conflict.lostValues })
  else await confirm(context, conflict, link)
  await writeDecision(db, id, { decision, decidedBy: actor.userId, decidedAt: now })
  about(id, { decision, kind: conflict.kind })
  return {}
}

/** Within ninety days: the conflict waits again, and what counted before it counts again. */
export async function undoDecision(context: WriteContext, { id }: { id: Id }): Promise<Done> {
  const { db, clock, about } = context
  const conflict = await ownConflict(context, id)
  const { decision, decidedAt } = conflict
  if (decision === null || decidedAt === null) throw new Refusal('conflict', 'sync.notDecided')
  if (decision === 'merged') throw new Refusal('conflict', 'sync.undoMerge')
  if (!isUndoable(decidedAt, clock.now())) throw new Refusal('conflict', 'sync.notUndone')
  if (decision === 'taken') await put(context, conflict, { from: conflict.lostValues, to: conflict.keptValues })
  await writeDecision(db, id, { decision: null, decidedBy: null, decidedAt: null })
  about(id, { undone: decision })
  return {}
}

async function ownConflict({ db, actor }: WriteContext, id: Id): Promise<ConflictRow> {
  const conflict = await conflictById(db, organizationOf(actor), id)
  if (!conflict) throw new Refusal('notFound', 'sync.conflictNotFound')
  return conflict
}

/** Only where the record still is what the person saw: whoever has changed it since has decided too. */
async function put(context: WriteContext, conflict: ConflictRow, { from, to }: { from: unknown; to: unknown }) {
  const [before, after] = [storedValues(from), storedValues(to)]
  const table = tableOf(conflict.tableNumber)
  const isOne = conflict.register !== '*' && Object.keys(after).length > 0
  if (!table || !isOne) throw new Refusal('conflict', 'sync.nothingToTake')
  const current = await currentValues(context.db, table, conflict.rowId, Object.keys(after))
  if (!current) throw new Refusal('notFound', 'sync.recordGone')
  if (!isSame(current, before)) throw new Refusal('conflict', 'sync.changedSince')
  await write(context, table, conflict.rowId, after)
}

/** What counts goes on counting, also where the marks behind it say something else. */
async function confirm(
  context: WriteContext,
  { tableNumber, register, rowId, keptValues }: ConflictRow,
  link: Pick<SyncLink, 'writeAgain'>,
) {
  const table = tableOf(tableNumber)
  if (!table) return
  if (table === 'responses' && register === 'grade') {
    const kept = storedValues(keptValues)
    const current = await currentValues(context.db, table, rowId, Object.keys(kept))
    if (current && isSame(current, kept)) await giveGradeAgain(context, rowId, creditOf(kept))
  }
  link.writeAgain({ table, id: rowId, register })
}

async function write(context: WriteContext, table: TableName, id: Id, values: Stored) {
  if (table === 'responses' && 'credit' in values && (await giveGradeAgain(context, id, creditOf(values)))) return
  await writeValues(context.db, table, id, values)
  await followRecord(context, table, id)
}

function creditOf({ credit }: Stored): number | null {
  return typeof credit === 'number' ? credit : null
}
