import { CompiledQuery } from 'kysely'
import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { type TableName, unloggedColumns } from '../../database/registry.ts'

export type Stored = Record<string, string | number | null>

/** What a conflict keeps of a side, as it is stored; what is no plain value is left out. */
export function storedValues(kept: unknown): Stored {
  if (typeof kept !== 'object' || kept === null) return {}
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => isPlain(value)))
}

/** Secrets are compared by machines and shown to nobody. */
export function withoutSecrets(table: TableName, values: Stored): Stored {
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => [
      column,
      isSecret(table, column) && value !== null ? '•••' : value,
    ]),
  )
}

export function isSecret(table: TableName, column: string): boolean {
  return unloggedColumns.has(`${table}.${column}`) || /password|secret|hash/.test(column)
}

export function isSame(one: Stored, other: Stored): boolean {
  return Object.entries(one).every(([column, value]) => value === (other[column] ?? null))
}

const Columns = z.array(z.string().regex(/^[a-z][a-z0-9_]*$/)).min(1)
const StoredText = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** The row as it is stored now, in these columns; undefined when it is gone. */
export async function currentValues(
  db: Reader,
  table: TableName,
  id: Id,
  columns: readonly string[],
): Promise<Stored | undefined> {
  const list = Columns.parse(columns).map((column) => `'${column}', "${column}"`)
  const text = `SELECT json_object(${list.join(', ')}) AS stored FROM ${table} WHERE id = ?`
  const { rows } = await db.executeQuery<{ stored: string }>(CompiledQuery.raw(text, [id]))
  return rows[0] && StoredText.parse(JSON.parse(rows[0].stored))
}

export async function writeValues(db: Writer, table: TableName, id: Id, values: Stored) {
  const sets = Columns.parse(Object.keys(values)).map((column) => `"${column}" = ?`)
  const text = `UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`
  await db.executeQuery(CompiledQuery.raw(text, [...Object.values(values), id]))
}

function isPlain(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number'
}
