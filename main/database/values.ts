import { booleanColumns, jsonColumns } from './registry.ts'

/** SQLite has neither booleans nor JSON values: they are stored as 0 and 1 and as JSON text. */
export function toStored(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === undefined) return null
  if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) return JSON.stringify(value)
  return value
}

/** Where the values of a result column come from; `column` is null for an expression. */
interface Column {
  name: string
  column: string | null
}

type Row = Record<string, unknown>

/**
 * Turns the rows of one statement back into values. Goes by the column a value comes from, whatever `as` calls it;
 * undefined when the statement has no such columns.
 */
export function fromStored(columns: Column[]): ((row: Row) => void) | undefined {
  const booleans = namesOf(columns, booleanColumns)
  const jsons = namesOf(columns, jsonColumns)
  if (booleans.length + jsons.length === 0) return undefined

  return (row) => {
    for (const name of booleans) if (row[name] !== null) row[name] = row[name] === 1
    for (const name of jsons) if (typeof row[name] === 'string') row[name] = JSON.parse(row[name])
  }
}

function namesOf(columns: Column[], wanted: ReadonlySet<string>) {
  return columns.filter((column) => column.column !== null && wanted.has(column.column)).map((column) => column.name)
}
