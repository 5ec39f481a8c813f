import { type SqlBool, sql } from 'kysely'
import { mostFound } from '../../../shared/contract/search.ts'
import type { Reader } from '../../database/database.ts'
import { reachesAssessment, type Scope } from '../../scope.ts'

interface NameSearch {
  /** Folded, of letters and digits only: nothing in them means anything to LIKE. */
  words: readonly string[]
  where: 'beginning' | 'anywhere'
}

/** Walks along the names; 100,000 of them take a few milliseconds, since the index holds all that is asked. */
export function namedPeople(db: Reader, { organizationId, trainerId }: Scope, { words, where }: NameSearch) {
  let found = db
    .selectFrom('people_index')
    .select(['beneficiary_id', 'sort_name'])
    .where('people_index.organization_id', '=', organizationId)
  if (trainerId !== null) found = found.where('people_index.trainer_id', '=', trainerId)
  for (const word of words) {
    found =
      where === 'beginning'
        ? found.where(sql<SqlBool>`' ' || sort_name like ${`% ${word}%`}`)
        : found.where('sort_name', 'like', `%${word}%`)
  }
  return db
    .selectFrom(found.orderBy('sort_name').orderBy('beneficiary_id').limit(mostFound).as('found'))
    .innerJoin('beneficiaries', 'beneficiaries.id', 'found.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .select(['beneficiaries.id', 'users.name', 'beneficiaries.status', 'trainers.name as trainerName'])
    .orderBy('found.sort_name')
    .orderBy('found.beneficiary_id')
    .execute()
}

export function groupNames(db: Reader, { organizationId }: Scope) {
  return db
    .selectFrom('groups')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute()
}

export function assessmentTitles(db: Reader, scope: Scope) {
  return db
    .selectFrom('assessments')
    .select(['id', 'title', 'status'])
    .where('organization_id', '=', scope.organizationId)
    .where(reachesAssessment(scope, 'assessments.id'))
    .orderBy('updated_at', 'desc')
    .execute()
}
