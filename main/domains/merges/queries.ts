import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { reachesLearner, reachesLearnerOrTrash, type Scope } from '../../scope.ts'
import { noPassword } from '../identity/passwords.ts'
import { isAtHand } from './put-away.ts'
import { MergeRecord } from './record.ts'

/** The accounts of the files that were put into the file of an account. */
export async function accountsMergedInto(db: Reader, userId: Id): Promise<Id[]> {
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('beneficiaries as kept', 'kept.id', 'beneficiaries.merged_into')
    .select('beneficiaries.user_id as userId')
    .where('kept.user_id', '=', userId)
    .where('beneficiaries.user_id', '!=', userId)
    .execute()
  return rows.flatMap(({ userId: merged }) => merged ?? [])
}

export function accountOf(db: Reader, userId: Id) {
  return db
    .selectFrom('users')
    .select(['role', 'is_active as isActive', 'password_hash as passwordHash'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
}

/** The files that are put away within reach and not emptied yet, newest first. */
export function putAwayFiles(db: Reader, scope: Scope) {
  return putAway(db, scope)
    .where('beneficiaries.merge_record', 'is not', null)
    .orderBy('beneficiaries.merged_at', 'desc')
    .orderBy('beneficiaries.id', 'desc')
    .limit(50)
    .execute()
}

export async function putAwayFile(db: Reader, scope: Scope, id: Id) {
  const file = await putAway(db, scope).where('beneficiaries.id', '=', id).executeTakeFirst()
  return file && { ...file, record: MergeRecord.nullable().parse(file.record) }
}

/** In the trash too: another machine may have put it there without knowing of this. */
function putAway(db: Reader, scope: Scope) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .innerJoin('beneficiaries as kept', 'kept.id', 'beneficiaries.merged_into')
    .innerJoin('users as keptUsers', 'keptUsers.id', 'kept.user_id')
    .select([
      'beneficiaries.id',
      'users.id as userId',
      'users.name',
      'kept.id as keptId',
      'keptUsers.id as keptUserId',
      'keptUsers.name as keptName',
      'beneficiaries.merged_at as mergedAt',
      'beneficiaries.merge_record as record',
    ])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where(reachesLearnerOrTrash(scope, 'beneficiaries.id'))
    .where(reachesLearner(scope, 'kept.id'))
    .where('beneficiaries.merged_at', 'is not', null)
    .$narrowType<{ mergedAt: string }>()
}

export function pointAt(db: Writer, id: Id, keptId: Id, now: string) {
  return db
    .updateTable('beneficiaries')
    .set({ merged_into: keptId, merged_at: now, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function keepRecord(db: Writer, id: Id, record: MergeRecord) {
  return db.updateTable('beneficiaries').set({ merge_record: record }).where('id', '=', id).execute()
}

export function takeOut(db: Writer, id: Id, now: string) {
  return db
    .updateTable('beneficiaries')
    .set({
      merged_into: null,
      merged_at: null,
      merge_record: null,
      deleted_at: null,
      deleted_by: null,
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

/** Nobody signs in to a file that is put away, and nobody sits under it. */
export async function closeAccount(
  db: Writer,
  { file, account }: { file: Id; account: Id },
  email: string,
  now: string,
) {
  await db.updateTable('users').set({ is_active: false, email, updated_at: now }).where('id', '=', account).execute()
  await db.deleteFrom('sessions').where('user_id', '=', account).execute()
  await db.updateTable('sessions').set({ beneficiary_id: null }).where('beneficiary_id', '=', file).execute()
  await db.deleteFrom('account_codes').where('user_id', '=', account).execute()
}

export function openAccount(db: Writer, account: Id, fields: { email: string; isActive: boolean }, now: string) {
  return db
    .updateTable('users')
    .set({ is_active: fields.isActive, email: fields.email, updated_at: now })
    .where('id', '=', account)
    .execute()
}

/** Each account gets the password of the other. */
export async function exchangePasswords(db: Writer, one: Id, other: Id, now: string) {
  const [first, second] = [await accountOf(db, one), await accountOf(db, other)]
  for (const [id, hash] of [
    [one, second.passwordHash],
    [other, first.passwordHash],
  ] as const) {
    await db.updateTable('users').set({ password_hash: hash, updated_at: now }).where('id', '=', id).execute()
  }
  await db.deleteFrom('sessions').where('user_id', 'in', [one, other]).execute()
}

export function hasPassword({ passwordHash }: { passwordHash: string }): boolean {
  return passwordHash !== noPassword
}

export async function leaveLists(db: Writer, id: Id) {
  await db.deleteFrom('people_index').where('beneficiary_id', '=', id).execute()
  await db.deleteFrom('people_keys').where('beneficiary_id', '=', id).execute()
}

/** Two files of one group become one member; returns the groups. */
export async function leaveSharedGroups(db: Writer, from: Id, to: Id): Promise<Id[]> {
  const rows = await db
    .deleteFrom('group_members')
    .where('beneficiary_id', '=', from)
    .where('group_id', 'in', (eb) => eb.selectFrom('group_members').select('group_id').where('beneficiary_id', '=', to))
    .returning('group_id as groupId')
    .execute()
  return rows.map(({ groupId }) => groupId)
}

/** Of each way to sign in at a kiosk, one counts; returns those that do not count any more. */
export async function revokeDoubles(db: Writer, from: Id, to: Id, now: string): Promise<Id[]> {
  const rows = await db
    .updateTable('learner_credentials')
    .set({ revoked_at: now, updated_at: now })
    .where('beneficiary_id', '=', from)
    .where('revoked_at', 'is', null)
    .where('kind', 'in', (eb) =>
      eb
        .selectFrom('learner_credentials')
        .select('kind')
        .where('beneficiary_id', '=', to)
        .where('revoked_at', 'is', null)
        .where('kind', '!=', 'card'),
    )
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

export function restoreCredentials(db: Writer, fileId: Id, ids: readonly Id[], now: string) {
  return db
    .updateTable('learner_credentials')
    .set({ revoked_at: null, updated_at: now })
    .where('beneficiary_id', '=', fileId)
    .where('id', 'in', ids)
    .execute()
}

export async function withdrawOffers(db: Writer, fileId: Id, now: string): Promise<Id[]> {
  const rows = await db
    .updateTable('handovers')
    .set({ status: 'withdrawn', decided_at: now, updated_at: now })
    .where('beneficiary_id', '=', fileId)
    .where('status', '=', 'open')
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

export function reopenOffers(db: Writer, fileId: Id, ids: readonly Id[], now: string) {
  return db
    .updateTable('handovers')
    .set({ status: 'open', decided_at: null, updated_at: now })
    .where('beneficiary_id', '=', fileId)
    .where('status', '=', 'withdrawn')
    .where('id', 'in', ids)
    .execute()
}

export function peopleToShow(db: Reader, scope: Scope, ids: readonly Id[]) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .select(['beneficiaries.id', 'users.name', 'profiles.date_of_birth as dateOfBirth', 'trainers.name as trainerName'])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where('beneficiaries.id', 'in', ids)
    .where('users.role', '=', 'student')
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where(isAtHand)
    .execute()
}
