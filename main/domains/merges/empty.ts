import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { mergeDays } from '../../../shared/contract/merges.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader, Writer } from '../../database/database.ts'
import { logOfItself } from '../activity/log-of-itself.ts'
import { daysOfGrace, witnessedBefore } from '../activity/witnessed-time.ts'
import { storedEmail } from '../beneficiaries/email.ts'
import { noPassword } from '../identity/passwords.ts'
import { isRunning } from './attempts.ts'
import { moveRows } from './join.ts'
import { linksNaming } from './links.ts'
import { isMerged } from './put-away.ts'
import { rowsNaming } from './rows.ts'

/**
 * Empties the files that were put into others and cannot be taken out again: nothing stays but that they point at the one that
 * has everything. What a legal hold keeps stays. One file at a time; killed anywhere, the next run goes on.
 */
export async function emptyMergedFiles({ database, clock }: { database: DatabaseFile; clock: Clock }) {
  const now = clock.now()
  const days = mergeDays + ((await isOfCentre(database.reader)) ? daysOfGrace : 0)
  const before = await witnessedBefore(database.reader, now, days)
  if (!before) return
  for (const { id } of await dueFiles(database.reader, before)) {
    if (!(await isToDo(database.reader, before, id))) continue
    await database.write(async (db) => {
      const file = await isToDo(db, before, id)
      if (!file || (await isRunning(db, [id, file.keptId]))) return
      await emptyFile(db, file, now.toISOString())
      await logOfItself(db, database.auditKey, {
        organizationId: file.organizationId,
        action: 'merges.empty',
        resource: 'beneficiaries',
        resourceId: id,
        now: now.toISOString(),
      })
    })
  }
}

/** Still full, or something came later for it from another computer. */
async function isToDo(db: Reader, before: string, id: Id) {
  const [file] = await dueFiles(db, before, id)
  if (!file || !file.isEmpty) return file
  const names = await rowsNaming(db, { file: id, account: file.userId })
  return names.size > 0 || (await linksNaming(db, id)).length > 0 ? file : undefined
}

async function isOfCentre(db: Reader): Promise<boolean> {
  return (await db.selectFrom('sync_state').select('organization_id').executeTakeFirst()) !== undefined
}

function dueFiles(db: Reader, before: string, id?: Id) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('beneficiaries as kept', 'kept.id', 'beneficiaries.merged_into')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .innerJoin('users as keptUsers', 'keptUsers.id', 'kept.user_id')
    .select([
      'beneficiaries.id',
      'beneficiaries.organization_id as organizationId',
      'users.id as userId',
      'kept.id as keptId',
      'keptUsers.id as keptUserId',
      sql<number>`beneficiaries.merge_record is null`.as('isEmpty'),
    ])
    .$if(id !== undefined, (query) => query.where('beneficiaries.id', '=', id ?? 0))
    .where('beneficiaries.merged_at', '<', before)
    .where(sql<boolean>`${sql.raw(isMerged('beneficiaries'))}`)
    .where(
      sql<boolean>`not exists (select 1 from legal_holds where lifted_at is null and person_id in (users.id, keptUsers.id))`,
    )
    .orderBy('beneficiaries.id')
    .execute()
}

type DueFile = Awaited<ReturnType<typeof dueFiles>>[number]

/** What came late for it goes to the file that stays, as everything did. */
async function emptyFile(db: Writer, { id, userId, keptId, keptUserId }: DueFile, now: string) {
  const [from, to] = [
    { file: id, account: userId },
    { file: keptId, account: keptUserId },
  ]
  await moveRows(db, { from, to, now })
  await forgetProfile(db, userId, now)
  await db
    .updateTable('users')
    .set({
      name: `Merged file ${id}`,
      email: storedEmail(null),
      password_hash: noPassword,
      is_active: false,
      last_login: null,
      updated_at: now,
    })
    .where('id', '=', userId)
    .execute()
  await db
    .updateTable('beneficiaries')
    .set({ enrollment_date: null, notes: null, metadata: null, merge_record: null, updated_at: now })
    .where('id', '=', id)
    .execute()
}

function forgetProfile(db: Writer, userId: Id, now: string) {
  return db
    .updateTable('profiles')
    .set({
      phone: null,
      address: null,
      city: null,
      state: null,
      country: null,
      postal_code: null,
      date_of_birth: null,
      emergency_contact: null,
      emergency_phone: null,
      preferences: null,
      metadata: null,
      updated_at: now,
    })
    .where('user_id', '=', userId)
    .execute()
}
