import { type RawBuilder, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { registry, type TableName, tableNames } from '../../database/registry.ts'
import { isDerived } from './derived-conflicts.ts'

/** Milliseconds since 1970 at which the clock of docs/sync.md begins, and its ticks in one of them. */
const epochMs = Date.UTC(2024, 0, 1)
const ticksPerMs = 4096

export function momentOf(clock: number): string {
  return new Date(epochMs + Math.floor(clock / ticksPerMs)).toISOString()
}

export function tableOf(number: number): TableName | undefined {
  return tables.get(number)
}

const tables = new Map<number, TableName>(tableNames.map((name) => [registry[name].number, name]))

export function membership(db: Reader) {
  return db
    .selectFrom('sync_state')
    .leftJoin('users', 'users.id', 'sync_state.trainer_id')
    .leftJoin('sync_way', 'sync_way.one', 'sync_state.one')
    .innerJoin('local_site', (join) => join.onTrue())
    .leftJoin('sync_machines', 'sync_machines.site', 'local_site.site')
    .select([
      'sync_state.organization_id as organizationId',
      'organization_name as organizationName',
      'scope',
      'users.name as trainerName',
      'local_site.site',
      (eb) => eb.fn.coalesce('new_name', 'sync_machines.name').as('machine'),
      'address',
      'status',
      'last_contact_at as lastContactAt',
      'last_success_at as lastSuccessAt',
    ])
    .executeTakeFirst()
}

/** What this computer is called, which the centre is still to hear. */
export function keepNewName(db: Writer, new_name: string) {
  return db.updateTable('sync_state').set({ new_name }).execute()
}

/** Rows whose last change here is not in an envelope that the centre is known to have. */
export async function queuedRows(db: Reader): Promise<number> {
  const { count } = await db
    .selectFrom('sync_rows')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('change', '>', acknowledgedChange)
    .executeTakeFirstOrThrow()
  return count
}

/** The last change that is in an envelope which the centre has acknowledged. */
const acknowledgedChange = sql<number>`coalesce(
  (select max(through_change) from sync_outbox where acknowledged_at is not null), 0
)`

export async function openConflicts(db: Reader, organizationId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('sync_conflicts')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organizationId)
    .where('decided_at', 'is', null)
    .where((eb) => eb.not(isDerived))
    .executeTakeFirstOrThrow()
  return count
}

export function refusedRows(db: Reader) {
  return db
    .selectFrom('sync_refused')
    .select(['number', 'table_number as tableNumber', 'id', 'reason', 'refused_at as refusedAt'])
    .where('seen_at', 'is', null)
    .orderBy('number')
    .limit(200)
    .execute()
}

export function parkedRows(db: Reader) {
  return db
    .selectFrom('sync_parked')
    .select(['table_number as tableNumber', 'id', 'why'])
    .orderBy('table_number')
    .orderBy('id')
    .limit(200)
    .execute()
}

export function markRefusedSeen(db: Writer, now: string) {
  return db.updateTable('sync_refused').set({ seen_at: now }).where('seen_at', 'is', null).execute()
}

/** What waits comes first the oldest, what is decided first the newest. */
export function conflictRows(db: Reader, organizationId: Id, isDecided: boolean) {
  return selectConflicts(db)
    .where('sync_conflicts.organization_id', '=', organizationId)
    .where('decided_at', isDecided ? 'is not' : 'is', null)
    .where((eb) => eb.not(isDerived))
    .orderBy(isDecided ? 'decided_at' : 'noticed_at', isDecided ? 'desc' : 'asc')
    .limit(200)
    .execute()
}

export function conflictById(db: Reader, organizationId: Id, id: Id) {
  return selectConflicts(db)
    .where('sync_conflicts.organization_id', '=', organizationId)
    .where('sync_conflicts.id', '=', id)
    .executeTakeFirst()
}

export type ConflictRow = NonNullable<Awaited<ReturnType<typeof conflictById>>>

function selectConflicts(db: Reader) {
  return db
    .selectFrom('sync_conflicts')
    .leftJoin('users as keeper', 'keeper.id', 'sync_conflicts.kept_by')
    .leftJoin('users as loser', 'loser.id', 'sync_conflicts.lost_by')
    .leftJoin('users as decider', 'decider.id', 'sync_conflicts.decided_by')
    .leftJoin('sync_machines as keepers', 'keepers.site', 'sync_conflicts.kept_site')
    .leftJoin('sync_machines as losers', 'losers.site', 'sync_conflicts.lost_site')
    .select([
      'sync_conflicts.id',
      'kind',
      'table_number as tableNumber',
      'row_id as rowId',
      'register',
      'kept_clock as keptClock',
      'kept_site as keptSite',
      'lost_clock as lostClock',
      'lost_site as lostSite',
      'kept_values as keptValues',
      'lost_values as lostValues',
      'keeper.name as keptBy',
      'loser.name as lostBy',
      'keepers.name as keptOn',
      'losers.name as lostOn',
      'noticed_at as noticedAt',
      'decision',
      'decider.name as decidedBy',
      'decided_at as decidedAt',
    ])
}

export interface Decision {
  decision: 'kept' | 'taken' | null
  decidedBy: Id | null
  decidedAt: string | null
}

export function writeDecision(db: Writer, id: Id, { decision, decidedBy, decidedAt }: Decision) {
  return db
    .updateTable('sync_conflicts')
    .set({ decision, decided_by: decidedBy, decided_at: decidedAt })
    .where('id', '=', id)
    .execute()
}

/** Rows of a table: these, or those of which an SQL condition holds. */
export type Rows = { table: TableName } & ({ ids: readonly Id[] } | { whose: string })

/** Has a change that the centre is not known to have. */
export const queued = sql<boolean>`noted.change > ${acknowledgedChange}`

/** The centre has not taken it as it is; what was not taken of it alone, it has given back. */
export const refused = sql<boolean>`exists (
  select 1 from sync_refused where sync_refused.table_number = noted.table_number and sync_refused.id = noted.id
    and column_name is null and sync_refused.change = noted.change
)`

/** Whether something is so of one of these rows. */
export async function isAny(db: Reader, rows: readonly Rows[], condition: RawBuilder<boolean>): Promise<boolean> {
  for (const { table, ...which } of rows) {
    const ids =
      'ids' in which ? [...which.ids] : sql<Id>`(select id from ${sql.table(table)} where ${sql.raw(which.whose)})`
    if (Array.isArray(ids) && ids.length === 0) continue
    const found = await db
      .selectFrom('sync_rows as noted')
      .select('id')
      .where('table_number', '=', registry[table].number)
      .where('id', 'in', ids)
      .where(condition)
      .limit(1)
      .executeTakeFirst()
    if (found) return true
  }
  return false
}
