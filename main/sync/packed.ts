import * as z from 'zod'
import { isColumnName, isStamp, isValue, type RowState, type Stamp, type Value } from './state.ts'

/** Its place in the feed, its id, its stamp, and its values in the order of the columns. */
export type PackedRow = [number: number, id: number, stamp: Stamp, values: Value[]]

/**
 * Rows of one table, each with every column and no stamp but one, as nearly all are: what the columns are called is said
 * once. That leaves less than half of the text to write, to read and to look at.
 */
export const PackedRows = z
  .object({
    table: z.int().positive(),
    columns: z.array(z.string().refine(isColumnName)),
    rows: z.custom<PackedRow[]>(Array.isArray),
  })
  .refine(({ columns, rows }) => rows.every((row) => isPackedRow(row, columns.length)))
export type PackedRows = z.infer<typeof PackedRows>

/** Checked by hand: it is most of what there is to check of a page. */
function isPackedRow(given: unknown, columns: number): given is PackedRow {
  if (!Array.isArray(given) || given.length !== 4) return false
  const [number, id, stamp, values]: unknown[] = given
  return (
    isPlace(number) &&
    isPlace(id) &&
    isStamp(stamp) &&
    isList(values) &&
    values.length === columns &&
    values.every(isValue)
  )
}

const isPlace = (given: unknown) => Number.isSafeInteger(given) && Number(given) > 0
const isList = (given: unknown): given is unknown[] => Array.isArray(given)

export function unpacked({ table, columns, rows }: PackedRows): (RowState & { number: number })[] {
  return rows.map(([number, id, stamp, its]) => {
    const values = Object.fromEntries(columns.map((column, place) => [column, its[place] as Value]))
    return { number, table, id, values, stamp }
  })
}
