import { CompiledQuery } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader, Writer } from '../../database/database.ts'

/** A statement with more rows gets no faster. */
const batch = 250

interface IndexedPerson {
  beneficiaryId: Id
  organizationId: Id
  trainerId: Id | null
  status: string
  name: string
}

/** Puts people where the list finds them; whoever inserts beneficiaries or changes a name calls this in the same write. */
export function indexPeople(db: Writer, people: readonly IndexedPerson[]) {
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
    .limit(1)
    .executeTakeFirst()
  return missing !== undefined
}

/** Makes the list anew from the accounts and files it is derived from. */
export async function rebuildPeopleIndex(db: Writer) {
  await db.deleteFrom('people_index').execute()
  const people = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select([
      'beneficiaries.id as beneficiaryId',
      'beneficiaries.organization_id as organizationId',
      'beneficiaries.trainer_id as trainerId',
      'beneficiaries.status',
      'users.name',
    ])
    .execute()
  for (let from = 0; from < people.length; from += batch) await indexPeople(db, people.slice(from, from + batch))
}

/** Deleted words stay in the segments of a full-text index until they are merged. */
export async function forgetDeletedWords(db: Writer) {
  await db.executeQuery(CompiledQuery.raw(`INSERT INTO people_search (people_search) VALUES ('optimize')`))
}
