import type { PostgresClient } from '../database/migrate-postgres.ts'
import { registry, type TableName, tableNames } from '../database/registry.ts'
import { type Rules, rulesOf } from '../sync/rules.ts'
import { type DescribedTable, describedTables } from './described-tables.ts'
import { becomesTrainer, goingAlong } from './going-along.ts'
import { type Reach, reaches } from './reach.ts'
import { personOf, plainColumns, put, putPlain, putWaiting, takeNew, takeOut } from './statements.ts'

/** The rules of a table as `sync.merge_rows` reads them. */
export function centreRules({ groups, quiet, isWhole, deletionWins }: Rules) {
  const registers = Object.entries(groups).flatMap(([register, columns]) =>
    columns.map((column) => [column, register] as const),
  )
  return { registers: Object.fromEntries(registers), quiet, isWhole, deletionWins }
}

/** Says to the database what the registry, the rules and its own tables say; again after every update. */
export async function writeRules(client: PostgresClient) {
  const tables = (await describedTables(client)).filter(({ name }) => registry[name].sync !== 'local')
  const before = await columnsBefore(client)
  await client.query('DELETE FROM sync.reference')
  await client.query('DELETE FROM sync.rule')
  for (const table of tables) {
    const { name, columns, references } = table
    const reach: Reach = reaches[name]
    await client.query(
      `INSERT INTO sync.rule (table_number, name, place, kind, rules, columns, unique_columns, trainer_writes, trainer_reads,
        kiosk_writes, kiosk_reads, kiosk_only, kiosk_hidden, plain_columns, take_new, put, put_plain, put_waiting, take_out, person, goes_along)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
      [
        registry[name].number,
        name,
        tableNames.indexOf(name),
        registry[name].sync,
        centreRules(rulesOf(name)),
        columns.map((column) => column.name),
        uniqueOf(name),
        reach.trainerWrites,
        reach.trainerReads,
        reach.kioskWrites,
        reach.kioskReads,
        reach.kioskOnly ?? null,
        reach.kioskHidden ?? [],
        plainColumns(table).map((column) => column.name),
        takeNew(table),
        put(table),
        putPlain(table),
        putWaiting(table),
        takeOut(table, tables),
        personOf(name),
        goingAlong.has(name),
      ],
    )
    for (const { column, parent, isFirm } of references.filter(({ parent }) => parent !== 'organizations')) {
      await client.query(
        'INSERT INTO sync.reference (table_number, column_name, parent_table, is_firm, becomes_trainer) VALUES ($1, $2, $3, $4, $5)',
        [registry[name].number, column, registry[parent].number, isFirm, becomesTrainer.has(`${name}.${column}`)],
      )
    }
  }
  for (const table of tables) await fillLearned(client, table, before.get(table.name))
}

async function columnsBefore(client: PostgresClient): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ name: string; columns: string[] }>('SELECT name, columns FROM sync.rule')
  return new Map(rows.map(({ name, columns }) => [name, columns]))
}

/** What newer devices sent before this centre had a column for it was kept beside the row. */
async function fillLearned(client: PostgresClient, table: DescribedTable, before: readonly string[] | undefined) {
  const learned = table.columns.map(({ name }) => name).filter((name) => before && !before.includes(name))
  if (learned.length === 0) return
  const rows = `r.table_number = ${registry[table.name].number} AND r.state -> 'values' ?| $1::text[]`
  await client.query(
    put(table).replace('<rows>', () => rows),
    [learned],
  )
}

/** What names a row instead of its id, within an organization. */
function uniqueOf(name: TableName): readonly string[] | null {
  return name === 'organizations' ? null : (registry[name].uniques[0] ?? null)
}
