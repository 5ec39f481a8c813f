import type { Id } from '../../../shared/contract/base.ts'
import type { Conflict } from '../../../shared/contract/sync.ts'
import type { Reader } from '../../database/database.ts'
import type { TableName } from '../../database/registry.ts'

/** Where a record is looked at, together with what tells about it. */
export async function placeOf(db: Reader, table: TableName, id: Id): Promise<Conflict['place']> {
  switch (table) {
    case 'users':
      return fileOf(db, 'beneficiaries.user_id', id)
    case 'beneficiaries':
      return fileOf(db, 'beneficiaries.id', id)
    case 'profiles': {
      const found = await db.selectFrom('profiles').select('user_id').where('id', '=', id).executeTakeFirst()
      return found?.user_id == null ? null : fileOf(db, 'beneficiaries.user_id', found.user_id)
    }
    case 'attempts':
      return attemptOf(db, id)
    case 'responses':
    case 'assessment_results': {
      const found = await db.selectFrom(table).select('attempt_id').where('id', '=', id).executeTakeFirst()
      return found?.attempt_id == null ? null : attemptOf(db, found.attempt_id)
    }
    default:
      return null
  }
}

async function fileOf(db: Reader, column: 'beneficiaries.id' | 'beneficiaries.user_id', id: Id) {
  const found = await db
    .selectFrom('beneficiaries')
    .select('id')
    .where(column, '=', id)
    .where('deleted_at', 'is', null)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return found ? { kind: 'file' as const, id: found.id, title: null } : null
}

async function attemptOf(db: Reader, id: Id) {
  const found = await db
    .selectFrom('attempts')
    .innerJoin('papers', 'papers.id', 'attempts.paper_id')
    .select('papers.title')
    .where('attempts.id', '=', id)
    .executeTakeFirst()
  return found ? { kind: 'attempt' as const, id, title: found.title } : null
}
