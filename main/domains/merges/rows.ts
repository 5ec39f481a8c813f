import { CompiledQuery } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { movedColumns, type Names, placeOf } from './columns.ts'
import type { MergeRecord } from './record.ts'

/** The numbers of one person: of the file and of the account. */
export type Numbers = Record<Names, Id>

type Keys = MergeRecord['moved'][string]

/** The keys of the rows that name a person, by place; without the places where there is none. */
export async function rowsNaming(db: Reader, numbers: Numbers): Promise<Map<string, Keys>> {
  const found = new Map<string, Keys>()
  for (const one of movedColumns) {
    const text = `SELECT "${one.key}" AS "key" FROM ${one.table} WHERE "${one.column}" = ? ORDER BY 1`
    const { rows } = await db.executeQuery<{ key: Keys[number] }>(CompiledQuery.raw(text, [numbers[one.names]]))
    if (rows.length > 0) found.set(placeOf(one), [...new Set(rows.map(({ key }) => key))])
  }
  return found
}

/** Makes rows name another person; those that name somebody else by now stay as they are. */
export async function hand(db: Writer, place: string, keys: Keys, { from, to, now }: Handed) {
  const one = movedColumns.find((column) => placeOf(column) === place)
  if (!one) return
  const { table, column, names, key, isVersioned, mayCollide } = one
  const orLeave = mayCollide ? 'OR IGNORE ' : ''
  const version = isVersioned ? `, updated_at = '${now}'` : ''
  await db.executeQuery(
    CompiledQuery.raw(
      `UPDATE ${orLeave}${table} SET "${column}" = ?${version}
        WHERE "${column}" = ? AND "${key}" IN (SELECT value FROM json_each(?))`,
      [to[names], from[names], JSON.stringify(keys)],
    ),
  )
}

export interface Handed {
  from: Numbers
  to: Numbers
  now: string
}
