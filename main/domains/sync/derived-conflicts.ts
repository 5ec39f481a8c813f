import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { registry } from '../../database/registry.ts'

/** Two results that nobody set by hand: they follow from the answers, and nobody is asked about them. */
export const isDerived = sql<SqlBool>`(table_number = ${sql.lit(registry.assessment_results.number)}
  and register = 'result'
  and json_extract(kept_values, '$.overridden_by') is null
  and json_extract(lost_values, '$.overridden_by') is null)`

/** The results that those which were noticed since then are about. */
export function derivedConflicts(db: Reader, organizationId: Id, since: string) {
  return db
    .selectFrom('sync_conflicts')
    .select('row_id')
    .where('organization_id', '=', organizationId)
    .where('noticed_at', '>=', since)
    .where(isDerived)
}
