import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import type { TableName } from '../../database/registry.ts'

/** What people call a record: the person it is about, or its own name; null where nobody does, or where it is gone. */
export async function nameOf(db: Reader, table: TableName, id: Id): Promise<string | null> {
  return (await lookUp(db, table, id)) ?? null
}

async function lookUp(db: Reader, table: TableName, id: Id): Promise<string | null | undefined> {
  switch (table) {
    case 'users':
    case 'groups':
    case 'organizations': {
      const found = await db.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst()
      return found?.name
    }
    case 'assessments':
    case 'goals':
    case 'appointments': {
      const found = await db.selectFrom(table).select('title').where('id', '=', id).executeTakeFirst()
      return found?.title
    }
    case 'profiles': {
      const found = await db
        .selectFrom('profiles')
        .innerJoin('users', 'users.id', 'profiles.user_id')
        .select('users.name')
        .where('profiles.id', '=', id)
        .executeTakeFirst()
      return found?.name
    }
    case 'beneficiaries':
      return personOf(db, id)
    case 'attempts':
    case 'responses':
    case 'assessment_results':
    case 'learner_credentials':
    case 'group_members': {
      const found = await db
        .selectFrom(table)
        .select('beneficiary_id as beneficiaryId')
        .where('id', '=', id)
        .executeTakeFirst()
      return found?.beneficiaryId == null ? undefined : personOf(db, found.beneficiaryId)
    }
    default:
      return undefined
  }
}

async function personOf(db: Reader, beneficiaryId: Id): Promise<string | undefined> {
  const found = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select('users.name')
    .where('beneficiaries.id', '=', beneficiaryId)
    .executeTakeFirst()
  return found?.name
}
