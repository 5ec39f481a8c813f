import { type PackedRows, unpacked } from '../../main/sync/packed.ts'
import type { PullReply } from '../../main/sync/wire.ts'

type Rows = PullReply['rows']

/** All rows of a page, by feed number. */
export function rowsIn({ packed, rows }: Pick<PullReply, 'packed' | 'rows'>): Rows {
  return [...packed.flatMap(unpacked), ...rows].sort((a, b) => a.number - b.number)
}

/** Rows as a centre puts them on a page: those with no stamp but one go packed, by their table and the columns they have. */
export function onPage(all: Rows): Pick<PullReply, 'packed' | 'rows'> {
  const packed = new Map<string, PackedRows>()
  const rows: Rows = []
  for (const row of all) {
    const { number, table, id, stamp, values, ...more } = row
    if (Object.keys(more).length > 0) rows.push(row)
    else {
      const columns = Object.keys(values).sort()
      const key = JSON.stringify([table, columns])
      const its = packed.get(key) ?? { table, columns, rows: [] }
      its.rows.push([number, id, stamp, columns.map((column) => values[column] ?? null)])
      packed.set(key, its)
    }
  }
  return { packed: [...packed.values()], rows }
}
