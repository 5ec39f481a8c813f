import { CompiledQuery } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { localTables, tableNames } from '../../database/registry.ts'
import { accountsMergedInto } from '../merges/queries.ts'
import { annotatedTables } from './annotations.ts'

type Value = string | number | boolean | null | object

/** The condition of an annotation for one account; ids are numbers, so nothing can be slipped into it. */
function whoseIs(condition: string, person: Id): string {
  return condition.replaceAll('@person', String(Number(person)))
}

/** Everything of a person that they may have, also from files that were put into theirs, by table, without what names nobody. */
export async function rowsOfPerson(db: Reader, person: Id): Promise<Map<string, Record<string, Value>[]>> {
  const found = new Map<string, Record<string, Value>[]>()
  const accounts = [person, ...(await accountsMergedInto(db, person))]
  for (const { table, whose, columns } of annotatedTables()) {
    const exported = columns.filter(([, rule]) => rule.isExported).map(([name]) => `"${name}"`)
    if (whose === null || exported.length === 0) continue
    const theirs = accounts.map((account) => `(${whoseIs(whose, account)})`).join(' OR ')
    const text = `SELECT ${exported.join(', ')} FROM ${table} WHERE ${theirs}`
    const { rows } = await db.executeQuery<Record<string, Value>>(CompiledQuery.raw(text))
    if (rows.length > 0) found.set(table, rows)
  }
  return found
}

/** Whether anything is here that goes with a person: a row, or a value of one that stays. */
export async function isKnown(db: Reader, person: Id): Promise<boolean> {
  const values = emptiedTables().map(({ table, whose, columns }) => ({
    table,
    whose: `(${whose}) AND coalesce(${[...columns, 'NULL'].join(', ')}) IS NOT NULL`,
  }))
  for (const { table, whose } of [...goingTables(), ...values]) {
    const text = `SELECT 1 AS one FROM ${table} WHERE ${whoseIs(whose, person)} LIMIT 1`
    const { rows } = await db.executeQuery(CompiledQuery.raw(text))
    if (rows.length > 0) return true
  }
  return false
}

/** Deletes the rows that go with a person, children before what their conditions look at. */
export async function deleteRowsOfPerson(db: Writer, person: Id) {
  for (const { table, whose } of goingTables()) {
    await db.executeQuery(CompiledQuery.raw(`DELETE FROM ${table} WHERE ${whoseIs(whose, person)}`))
  }
}

function goingTables(): { table: string; whose: string }[] {
  const order: string[] = [...Object.keys(localTables), ...tableNames.toReversed()]
  const tables = annotatedTables().toSorted((a, b) => order.indexOf(a.table) - order.indexOf(b.table))
  return tables.flatMap(({ table, whose, columns }) =>
    whose !== null && columns.every(([, rule]) => rule.erase === 'delete') ? [{ table, whose }] : [],
  )
}

/** Takes the values out of rows that stay when a person goes. */
export async function emptyRowsOfPerson(db: Writer, person: Id) {
  for (const { table, whose, columns } of emptiedTables()) {
    const emptied = columns.map((column) => `${column} = NULL`).join(', ')
    await db.executeQuery(CompiledQuery.raw(`UPDATE ${table} SET ${emptied} WHERE ${whoseIs(whose, person)}`))
  }
}

function emptiedTables(): { table: string; whose: string; columns: string[] }[] {
  return annotatedTables().flatMap(({ table, whose, columns }) => {
    const emptied = columns.flatMap(([name, rule]) => (rule.erase === 'null' ? [`"${name}"`] : []))
    return whose !== null && emptied.length > 0 ? [{ table, whose, columns: emptied }] : []
  })
}
