import { CompiledQuery, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { registry } from '../../database/registry.ts'
import { erasedAccount } from '../../erased-account.ts'
import { forgetDeletedWords } from '../beneficiaries/people-index.ts'
import { dropUnusedLists, dropUnusedPieces, piecesOf } from '../documents/contents.ts'
import { noPassword } from '../identity/passwords.ts'
import { accountsMergedInto } from '../merges/queries.ts'
import { attemptsNamed } from './erased-attempts.ts'
import { deleteRowsOfPerson, emptyRowsOfPerson } from './rows.ts'
import { whileRunning } from './running.ts'
import { shredLog } from './shred-log.ts'

export interface ErasureOrder {
  personId: Id
  organizationId: Id
  erasedBy: Id | null
  erasedAt: string
}

/**
 * Erases a person as the annotations say, in the one transaction of the file: what is about them goes, the account stays
 * as a number, and the order stays for ever. May be done again, as after a restore. Files that turned out to be about the
 * same person go as well; returns the orders of all of them.
 */
export async function erasePerson(db: Writer, auditKey: Buffer, order: ErasureOrder): Promise<ErasureOrder[]> {
  const accounts = await accountsMergedInto(db, order.personId)
  const orders = [...accounts.map((personId) => ({ ...order, personId })), order]
  for (const one of orders) {
    await putOrder(db, one)
    await whileRunning(db, one.personId, () => takeOut(db, auditKey, one.personId))
  }
  return orders
}

async function takeOut(db: Writer, auditKey: Buffer, personId: Id) {
  const documents = await documentsOf(db, personId)
  const pieces = await piecesOfPerson(db, personId, documents)
  await shredLog(db, auditKey, new Set([personId]))
  await forgetInCorrections(db, personId)
  await forgetInNotifications(db, personId)
  await releaseSharedAssessments(db, personId)
  await releaseLearners(db, personId)
  await emptyRowsOfPerson(db, personId)
  await deleteRowsOfPerson(db, personId)
  await dropUnusedLists(db, documents)
  await dropUnusedPieces(db, pieces)
  await db
    .updateTable('users')
    .set({ ...erasedAccount(personId), password_hash: noPassword, is_active: false })
    .where('id', '=', personId)
    .execute()
  await forgetDeletedWords(db)
}

/** The first order counts: who said so, and when. An older database that comes back may know more attempts. */
async function putOrder(db: Writer, { personId, organizationId, erasedBy, erasedAt }: ErasureOrder) {
  const attemptIds = await attemptsOf(db, personId)
  const known = await db
    .selectFrom('erasure_orders')
    .select(['id', 'attempt_ids as attemptIds'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (known) {
    const all = [...new Set([...attemptsNamed(known.attemptIds), ...attemptIds])]
    await db.updateTable('erasure_orders').set({ attempt_ids: all }).where('id', '=', known.id).execute()
    return
  }
  await db
    .insertInto('erasure_orders')
    .values({
      id: await mintId(db, 'erasure_orders'),
      person_id: personId,
      organization_id: organizationId,
      erased_by: erasedBy,
      scope: 'person',
      attempt_ids: attemptIds,
      erased_at: erasedAt,
    })
    .execute()
}

async function attemptsOf(db: Writer, personId: Id): Promise<Id[]> {
  const rows = await db
    .selectFrom('attempts')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
    .select('attempts.id')
    .where('beneficiaries.user_id', '=', personId)
    .orderBy('attempts.id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The learners of a trainer who is erased belong to no trainer until somebody gives them one. */
function releaseLearners(db: Writer, personId: Id) {
  return db.updateTable('beneficiaries').set({ trainer_id: null }).where('trainer_id', '=', personId).execute()
}

/** Where the contents lie that are about them, with those that two computers brought at once and that do not count. */
async function documentsOf(db: Writer, personId: Id): Promise<string[]> {
  const rows = await db
    .selectFrom('documents')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'documents.beneficiary_id')
    .select('documents.file_path as path')
    .where('beneficiaries.user_id', '=', personId)
    .execute()
  const disputed = await db
    .selectFrom('sync_conflicts')
    .select([
      sql<string | null>`kept_values ->> 'file_path'`.as('kept'),
      sql<string | null>`lost_values ->> 'file_path'`.as('lost'),
    ])
    .where('table_number', '=', registry.documents.number)
    .where(
      sql<boolean>`(person_id = ${personId} or row_id in (
        select documents.id from documents join beneficiaries on beneficiaries.id = documents.beneficiary_id
        where beneficiaries.user_id = ${personId}))`,
    )
    .execute()
  return [...rows.map(({ path }) => path), ...disputed.flatMap(({ kept, lost }) => [kept, lost])].flatMap(
    (path) => path ?? [],
  )
}

/** Also of files that are still on their way in, from them or about them. */
async function piecesOfPerson(db: Writer, personId: Id, paths: string[]): Promise<string[]> {
  const digests: string[] = []
  for (const path of paths) digests.push(...(await piecesOf(db, path)))
  const onTheirWay = await db
    .selectFrom('document_upload_pieces')
    .innerJoin('document_uploads', 'document_uploads.id', 'document_upload_pieces.upload_id')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'document_uploads.beneficiary_id')
    .select('document_upload_pieces.sha256')
    .where((eb) => eb.or([eb('document_uploads.user_id', '=', personId), eb('beneficiaries.user_id', '=', personId)]))
    .execute()
  return [...digests, ...onTheirWay.map(({ sha256 }) => sha256)]
}

/** An assessment for this person that others have taken as well stays, closed, for the sake of their results. */
function releaseSharedAssessments(db: Writer, personId: Id) {
  const files = `(SELECT id FROM beneficiaries WHERE user_id = ${Number(personId)})`
  return db.executeQuery(
    CompiledQuery.raw(`UPDATE assessments SET beneficiary_id = NULL, status = 'completed' WHERE beneficiary_id IN ${files}
      AND EXISTS (SELECT 1 FROM attempts WHERE assessment_id = assessments.id AND beneficiary_id NOT IN ${files})`),
  )
}

/** The list of changed results in a correction names people. */
function forgetInCorrections(db: Writer, personId: Id) {
  const theirs = `SELECT attempts.id FROM attempts JOIN beneficiaries ON beneficiaries.id = attempts.beneficiary_id WHERE beneficiaries.user_id = ${Number(personId)}`
  const isTheirs = `json_extract(value, '$.attemptId') IN (${theirs})`
  return db.executeQuery(
    CompiledQuery.raw(`UPDATE key_corrections
      SET changed = (SELECT json_group_array(json(value)) FROM json_each(key_corrections.changed) WHERE NOT ${isTheirs})
      WHERE EXISTS (SELECT 1 FROM json_each(key_corrections.changed) WHERE ${isTheirs})`),
  )
}

/** What others were told of them, by name or by number. */
async function forgetInNotifications(db: Writer, personId: Id) {
  const person = await db
    .selectFrom('users')
    .select(['name', 'organization_id'])
    .where('id', '=', personId)
    .executeTakeFirst()
  if (!person) return
  const text = `DELETE FROM notifications WHERE organization_id IS ? AND instr(title || ' ' || coalesce(message, '') || ' ' || coalesce(data, ''), ?) > 0`
  await db.executeQuery(CompiledQuery.raw(text, [person.organization_id, person.name]))
  const sent = `DELETE FROM notifications WHERE type = 'message' AND json_extract(data, '$.senderId') = ?`
  await db.executeQuery(CompiledQuery.raw(sent, [personId]))
}
