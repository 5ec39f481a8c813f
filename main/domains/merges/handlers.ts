import type { Id } from '../../../shared/contract/base.ts'
import { type MergeFiles, type MergePreview, mergeDays } from '../../../shared/contract/merges.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { fileOf, type PersonFile } from '../beneficiaries/person-file.ts'
import { refuseHeld } from '../privacy/holds.ts'
import { pairsAcross } from './across.ts'
import { isRunning } from './attempts.ts'
import { sharedAttendance } from './attendance.ts'
import { countsOf } from './counts.ts'
import { moveRows, nothingMoved, together } from './join.ts'
import { likelyPairs } from './likely.ts'
import { linksNaming } from './links.ts'
import { oneAddressOf, reopenOneAddress, settleAsOne } from './one-address.ts'
import { putTogether } from './put-together.ts'
import { accountOf, keepRecord, putAwayFile, putAwayFiles } from './queries.ts'
import { rowsNaming } from './rows.ts'
import { takeApart } from './take-apart.ts'

export async function likely({ db, actor }: ReadContext) {
  return likelyPairs(db, scopeOf(actor))
}

/** Asked by itself: whoever looks at what waits for them does not wait for this. */
export async function across({ db, actor }: ReadContext) {
  return { count: await pairsAcross(db, scopeOf(actor)) }
}

export async function preview(
  { db, actor }: ReadContext,
  { keptId, mergedId }: { keptId: Id; mergedId: Id },
): Promise<MergePreview> {
  const scope = scopeOf(actor)
  const [kept, merged] = [await fileOf(db, scope, keptId), await fileOf(db, scope, mergedId)]
  await refuseMerge(db, kept, merged)
  return {
    moves: await countsOf(db, merged),
    joined: (await sharedAttendance(db, mergedId, keptId)).map(({ heldAt, title, trainerId, before, gone, after }) => {
      // What another trainer holds is known to this one by its time alone.
      const isTheirs = scope.trainerId === null || trainerId === scope.trainerId
      return { heldAt, title: isTheirs ? title : null, kept: before, merged: gone, becomes: after }
    }),
  }
}

export async function list({ db, actor, clock }: ReadContext) {
  const files = await putAwayFiles(db, scopeOf(actor))
  const now = clock.now().toISOString()
  return Promise.all(
    files.map(async ({ userId, keptUserId: _, record: _record, ...file }) => {
      const rows = await rowsNaming(db, { file: file.id, account: userId })
      const links = await linksNaming(db, file.id)
      const late = [...rows.values()].reduce((sum, keys) => sum + keys.length, links.length)
      const until = untilWhen(file.mergedAt)
      return { ...file, until, canUndo: now <= until, late }
    }),
  )
}

export async function merge(
  { db, actor, now, about }: WriteContext,
  { kept: first, merged: second, ...chosen }: MergeFiles,
) {
  const scope = scopeOf(actor)
  const [kept, merged] = [await unchanged(db, scope, first), await unchanged(db, scope, second)]
  await refuseMerge(db, kept, merged)
  const asked = await oneAddressOf(db, scope.organizationId, [kept.id, merged.id])
  await putTogether(db, scope, { kept, merged, chosen, by: actor.userId }, now)
  await settleAsOne(db, asked, actor.userId, now)
  about(kept.id, { beneficiaryId: merged.id })
  return {}
}

export async function undo({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const scope = scopeOf(actor)
  const file = await fileAway(db, scope, id)
  const { record } = file
  if (record === null || now > untilWhen(file.mergedAt))
    throw new Refusal('conflict', 'merge.tooLate', { days: mergeDays })
  if (await isRunning(db, [id, file.keptId])) throw new Refusal('conflict', 'merge.running')
  await refuseHeld(db, file.keptUserId)
  await takeApart(db, scope, { ...file, record }, now)
  await reopenOneAddress(db, scope.organizationId, [file.userId, file.keptUserId])
  about(file.keptId, { beneficiaryId: id })
  return {}
}

export async function bringOver({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const file = await fileAway(db, scopeOf(actor), id)
  const [from, to] = [
    { file: id, account: file.userId },
    { file: file.keptId, account: file.keptUserId },
  ]
  if (await isRunning(db, [id, file.keptId])) throw new Refusal('conflict', 'merge.running')
  const late = await moveRows(db, { from, to, now })
  if (file.record) await keepRecord(db, id, { ...file.record, ...together({ ...nothingMoved, ...file.record }, late) })
  about(file.keptId, { beneficiaryId: id })
  return {}
}

/** Somebody else's is reported as missing, and so is what is not put away. */
async function fileAway(db: Reader, scope: Scope, id: Id) {
  const file = await putAwayFile(db, scope, id)
  if (!file) throw new Refusal('notFound', 'merge.notFound')
  return file
}

async function refuseMerge(db: Reader, kept: PersonFile, merged: PersonFile) {
  if (kept.id === merged.id) throw new Refusal('invalid', 'merge.same')
  for (const { userId } of [kept, merged]) {
    if ((await accountOf(db, userId)).role !== 'student') throw new Refusal('conflict', 'merge.isStaff')
    await refuseHeld(db, userId)
  }
  if (await isRunning(db, [kept.id, merged.id])) throw new Refusal('conflict', 'merge.running')
}

async function unchanged(db: Reader, scope: Scope, { id, updatedAt }: { id: Id; updatedAt: string }) {
  const person = await fileOf(db, scope, id)
  if (person.updatedAt !== updatedAt) throw new Refusal('conflict', 'beneficiary.changedMeanwhile')
  return person
}

function untilWhen(mergedAt: string): string {
  return new Date(Date.parse(mergedAt) + mergeDays * 86_400_000).toISOString()
}
