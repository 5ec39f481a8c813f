import { CompiledQuery, type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Conflict } from '../../../shared/contract/sync.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import { registry, type TableName } from '../../database/registry.ts'
import { gradeGiven } from './grade-given.ts'
import { type ConflictRow, momentOf, tableOf } from './queries.ts'
import { currentValues, isSame, isSecret, type Stored, storedValues, withoutSecrets } from './record-values.ts'

/** How the card of a conflict shows values that are stored. */
export async function cardOf(
  db: Reader,
  table: TableName,
  { rowId, register }: Pick<ConflictRow, 'rowId' | 'register'>,
) {
  const read = table === 'responses' && register === 'grade' ? await gradeGiven(db, rowId) : (values: Stored) => values
  return (values: unknown) => withoutSecrets(table, read(storedValues(values)))
}

/** What counts now and who wrote it, where that is not what was kept any more; once somebody has kept it, what counted then. */
export async function countsNow(
  db: Reader,
  row: ConflictRow,
  { shown, file }: { shown: (values: unknown) => Stored; file: Id | null },
): Promise<Conflict['current']> {
  if (row.decision !== null && row.decision !== 'kept') return null
  const table = tableOf(row.tableNumber)
  const current = await standing(db, row)
  if (!table || !current || isSame(current, storedValues(row.keptValues))) return null
  const written = await lastWrite(db, row)
  if (!written || (row.decision !== null && written.clock > (await clockOfDecision(db, row)))) return null
  const byName = written.isHere ? await writerHere(db, { table, row, file, columns: Object.keys(current) }) : null
  const { clock, site, machine } = written
  return { values: shown(current), byName, at: momentOf(clock), site, machine }
}

/** What the record has to be for a decision to count: what was kept, or else what the card showed to whoever decides. */
export async function decidedAbout(db: Reader, row: ConflictRow, seen: Stored | undefined): Promise<unknown> {
  const table = tableOf(row.tableNumber)
  const current = seen && (await standing(db, row))
  if (!table || !current) return row.keptValues
  const shown = await cardOf(db, table, row)
  if (!isSame(shown(current), seen)) throw new Refusal('conflict', 'sync.changedSince')
  return current
}

/**
 * The record in the columns of the other value. Undefined where that is no value, or one of a program that knows more; of
 * secrets too, since nobody sees in a card what became of them.
 */
async function standing(db: Reader, { tableNumber, rowId, register, lostValues }: ConflictRow) {
  const table = tableOf(tableNumber)
  const columns = Object.keys(storedValues(lostValues))
  if (!table || register === '*' || columns.length === 0) return undefined
  const { rows } = await db.executeQuery<{ name: string }>(
    CompiledQuery.raw('SELECT name FROM pragma_table_info(?)', [table]),
  )
  const known = new Set(rows.map(({ name }) => name))
  const isToBeSeen = columns.every((column) => known.has(column) && !isSecret(table, column))
  return isToBeSeen ? currentValues(db, table, rowId, columns) : undefined
}

/** A decision is written behind what it keeps. */
async function clockOfDecision(db: Reader, { id }: ConflictRow): Promise<number> {
  const its = { tableNumber: registry.sync_conflicts.number, rowId: id, register: 'decision' }
  return (await lastWrite(db, its))?.clock ?? 0
}

function lastWrite(
  db: Reader,
  { tableNumber, rowId, register }: Pick<ConflictRow, 'tableNumber' | 'rowId' | 'register'>,
) {
  const stamp = (part: 0 | 1) => sql<number | null>`json_extract(stamps, ${`$."${register}"[${part}]`})`
  return db
    .with('stamped', (all) =>
      all
        .selectFrom('sync_rows')
        .select((eb) => [eb.fn.coalesce(stamp(0), 'clock').as('clock'), eb.fn.coalesce(stamp(1), 'site').as('site')])
        .where('table_number', '=', tableNumber)
        .where('id', '=', rowId),
    )
    .selectFrom('stamped')
    .leftJoin('sync_machines', 'sync_machines.site', 'stamped.site')
    .select([
      'stamped.clock',
      'stamped.site',
      'sync_machines.name as machine',
      sql<0 | 1>`stamped.site = (select site from local_site)`.as('isHere'),
    ])
    .executeTakeFirst()
}

interface Written {
  table: TableName
  row: ConflictRow
  /** Where the record is part of one. */
  file: Id | null
  columns: string[]
}

/** Whom the log of this computer names with the last change; the logs of others do not come here. */
async function writerHere(db: Reader, { table, row, file, columns }: Written): Promise<string | null> {
  const found = await db
    .selectFrom('activity_logs')
    .innerJoin('users', 'users.id', 'activity_logs.user_id')
    .select('users.name')
    .where((eb) =>
      eb.or([
        eb.and([eb('resource_type', '=', table), eb('resource_id', '=', row.rowId)]),
        eb.and([eb('resource_type', '=', 'beneficiaries'), eb('resource_id', '=', file)]),
      ]),
    )
    .where(
      sql<SqlBool>`exists (
        select 1 from json_each(details, '$.changes') as changed, json_each(changed.value, '$.fields') as field
        where changed.value ->> 'table' = ${table} and changed.value ->> 'id' = ${row.rowId}
          and field.key in (select value from json_each(${JSON.stringify(columns)}))
      )`,
    )
    .orderBy('activity_logs.created_at', 'desc')
    .orderBy('activity_logs.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.name ?? null
}
