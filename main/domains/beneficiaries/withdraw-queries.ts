import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import { noPassword } from '../identity/passwords.ts'
import { isLinked } from '../links/queries.ts'

/** Where something would stand that has been done with somebody. */
const traces = [
  'attempts',
  'appointments',
  'attendance',
  'assessment_results',
  'assessments',
  'documents',
  'group_members',
  'learner_credentials',
  'goals',
] as const

/** Those of the files that are within reach, and whether each is as it was when it was opened, since a moment. */
export async function withdrawable(db: Reader, scope: Scope, ids: readonly Id[], since: string) {
  const left = [
    isLinked,
    ...traces.map((table) => sql`exists (select 1 from ${sql.table(table)} where beneficiary_id = beneficiaries.id)`),
  ]
  const rows = await db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select([
      'users.id as userId',
      sql<number>`beneficiaries.created_at >= ${since}
        and beneficiaries.updated_at = beneficiaries.created_at
        and users.updated_at = users.created_at
        and users.role = 'student' and users.password_hash = ${noPassword}
        and not (${sql.join(left, sql` or `)})`.as('isUntouched'),
    ])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where('beneficiaries.id', 'in', ids)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .execute()
  return rows.map(({ userId, isUntouched }) => ({ userId, isUntouched: isUntouched === 1 }))
}

/** Their profiles and files go with them. */
export function deleteAccounts(db: Writer, ids: readonly Id[]) {
  return db.deleteFrom('users').where('id', 'in', ids).execute()
}
