import { CompiledQuery } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { isAtHand } from '../merges/put-away.ts'
import { fieldsInJson, type StoredJson } from './metadata.ts'
import { insertKeys, type KeyedPerson, replaceKeys } from './people-keys.ts'

/** A statement with more rows gets no faster. */
const batch = 250

interface IndexedPerson extends KeyedPerson {
  trainerId: Id | null
  status: string
}

/** Puts new people where the list finds them; whoever inserts beneficiaries calls this in the same write. */
export async function indexPeople(db: Writer, people: readonly IndexedPerson[]) {
  await insertNames(db, people)
  await insertKeys(db, people)
}

/** The same for people whose files were changed. */
export async function reindexPeople(db: Writer, people: readonly IndexedPerson[]) {
  await insertNames(db, people)
  await replaceKeys(db, people)
}

function insertNames(db: Writer, people: readonly IndexedPerson[]) {
  return db
    .insertInto('people_index')
    .values(
      people.map((person) => ({
        beneficiary_id: person.beneficiaryId,
        organization_id: person.organizationId,
        trainer_id: person.trainerId,
        status: person.status,
        sort_name: fold(person.name),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('beneficiary_id').doUpdateSet({ sort_name: (eb) => eb.ref('excluded.sort_name') }),
    )
    .execute()
}

/** Whether somebody is missing from the list, as after a schema update that made it anew. */
export async function isIndexIncomplete(db: Reader): Promise<boolean> {
  const missing = await db
    .selectFrom('beneficiaries')
    .leftJoin('people_index', 'people_index.beneficiary_id', 'beneficiaries.id')
    .select('beneficiaries.id')
    .where('people_index.beneficiary_id', 'is', null)
    .where(isAtHand)
    .limit(1)
    .executeTakeFirst()
  return missing !== undefined
}

/** Makes the list anew from the accounts and files it is derived from. */
export async function rebuildPeopleIndex(db: Writer) {
  await db.deleteFrom('people_index').execute()
  await db.deleteFrom('people_keys').execute()
  const people = await peopleToIndex(db).execute()
  for (let from = 0; from < people.length; from += batch)
    await indexPeople(db, indexed(people.slice(from, from + batch)))
}

/** After the name of an account has changed by something else than its file. */
export async function reindexAccount(db: Writer, userId: Id) {
  const people = await peopleToIndex(db).where('users.id', '=', userId).execute()
  if (people.length > 0) await reindexPeople(db, indexed(people))
}

function indexed<Row extends StoredJson & Omit<IndexedPerson, 'number' | 'own'>>(
  rows: readonly Row[],
): IndexedPerson[] {
  return rows.map((row) => ({ ...row, ...fieldsInJson(row) }))
}

function peopleToIndex(db: Reader) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .select((eb) => [
      'beneficiaries.id as beneficiaryId',
      'beneficiaries.organization_id as organizationId',
      'beneficiaries.trainer_id as trainerId',
      'beneficiaries.status',
      'users.name',
      'profiles.date_of_birth as dateOfBirth',
      eb.fn.coalesce('profiles.phone', eb.val('')).as('phone'),
      'profiles.preferences',
      'profiles.metadata as profileMetadata',
      'beneficiaries.metadata as fileMetadata',
    ])
    .where(isAtHand)
}

/** Deleted words stay in the segments of a full-text index until they are merged. */
export async function forgetDeletedWords(db: Writer) {
  await db.executeQuery(CompiledQuery.raw(`INSERT INTO people_search (people_search) VALUES ('optimize')`))
}
