import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { IncidentKind } from '../../../shared/contract/supervision.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'

export interface NewIncident {
  organizationId: Id
  attemptId: Id
  kind: IncidentKind
  lostMs?: number
  reason?: string | null
  /** Who did it. */
  userId?: Id | null
}

export async function insertIncident(db: Writer, incident: NewIncident, now: string) {
  await db
    .insertInto('attempt_incidents')
    .values({
      id: await mintId(db, 'attempt_incidents'),
      organization_id: incident.organizationId,
      attempt_id: incident.attemptId,
      kind: incident.kind,
      lost_ms: incident.lostMs ?? null,
      reason: incident.reason ?? null,
      user_id: incident.userId ?? null,
      happened_at: now,
    })
    .execute()
}

/** In the order in which they happened. */
export async function incidentsOf(db: Reader, organizationId: Id, attemptId: Id) {
  const rows = await db
    .selectFrom('attempt_incidents')
    .leftJoin('users', 'users.id', 'attempt_incidents.user_id')
    .select([
      'attempt_incidents.id',
      'attempt_incidents.kind',
      'attempt_incidents.happened_at as happenedAt',
      'attempt_incidents.lost_ms as lostMs',
      'attempt_incidents.reason',
      'users.name as by',
    ])
    .where('attempt_incidents.organization_id', '=', organizationId)
    .where('attempt_incidents.attempt_id', '=', attemptId)
    .orderBy('attempt_incidents.happened_at')
    .orderBy('attempt_incidents.id')
    .execute()
  return rows.map((row) => ({ ...row, kind: IncidentKind.parse(row.kind) }))
}

/** Milliseconds that were lost and did not count. */
export async function givenBackMs(db: Reader, attemptId: Id): Promise<number> {
  const { total } = await db
    .selectFrom('attempt_incidents')
    .select(sql<number>`coalesce(sum(lost_ms), 0)`.as('total'))
    .where('attempt_id', '=', attemptId)
    .where('kind', 'in', ['away', 'restart', 'paused'])
    .executeTakeFirstOrThrow()
  return total
}
