import { createHash } from 'node:crypto'
import type { Device } from '../../device/device.ts'
import type { TestCentre } from '../centre.ts'

/** What the rows of a person say by table and id, apart from where they are and whom they name. */
export async function fileOf({ operator }: TestCentre, userId: number) {
  const { rows } = await operator.query<{ key: string; said: object }>(
    `SELECT r.table_number || ':' || r.id AS key, (r.state -> 'values') - 'organization_id'
      - ARRAY(SELECT column_name FROM sync.reference AS f WHERE f.table_number = r.table_number AND NOT f.is_firm) AS said
    FROM sync.row AS r JOIN sync.rule AS c USING (table_number) WHERE r.person_id = $1 AND c.goes_along AND r.alive`,
    [userId],
  )
  return new Map(rows.map(({ key, said }) => [key, said]))
}

export function digest(file: Map<string, object>, keys: Iterable<string>) {
  const said = [...keys].sort().map((key) => [key, file.get(key)])
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** Which organizations the living rows of a person are in, as rows and in the typed tables. */
export async function whereIs({ operator }: TestCentre, userId: number, id: number) {
  const { rows } = await operator.query<{ organization: string }>(
    `SELECT organization_id AS organization FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
      WHERE r.person_id = $1 AND r.alive AND c.kind <> 'push' AND c.name <> 'sync_conflicts'
    UNION SELECT organization_id FROM users WHERE id = $1 UNION SELECT organization_id FROM goals WHERE beneficiary_id = $2
    UNION SELECT organization_id FROM documents WHERE beneficiary_id = $2
    UNION SELECT organization_id FROM attempts WHERE beneficiary_id = $2`,
    [userId, id],
  )
  return rows.map(({ organization }) => Number(organization))
}

/** Columns of the centre in which a row names one of another organization; a log tells what happened, whoever it was. */
export async function strayReferences({ operator }: TestCentre) {
  const { rows } = await operator.query<{ name: string; column: string; parent: string }>(
    `SELECT c.name, f.column_name AS "column", p.name AS parent FROM sync.reference AS f
    JOIN sync.rule AS c USING (table_number) JOIN sync.rule AS p ON p.table_number = f.parent_table
    WHERE c.kind <> 'push' AND c.name <> 'organizations'`,
  )
  const counts = rows.map(
    ({ name, column, parent }) => `SELECT '${name}.${column}' AS stray FROM public.${name} AS c
      JOIN public.${parent} AS p ON p.id = c.${column} WHERE p.organization_id <> c.organization_id`,
  )
  return (await operator.query(counts.join(' UNION ALL '))).rows
}

/** Columns of a device, but for its log, in which a person stands. */
export function traces({ replica }: Device, ids: Partial<Record<string, number>>): string[] {
  return replica.schema.tables
    .filter(({ sync }) => sync !== 'push')
    .flatMap(({ name, references }) =>
      [{ column: 'id', parent: name as string }, ...references].map(({ column, parent }) => ({ name, column, parent })),
    )
    .filter(({ name, column, parent }) =>
      replica.prepared(`SELECT 1 FROM ${name} WHERE "${column}" = ?`).get(ids[parent] ?? 0),
    )
    .map(({ name, column }) => `${name}.${column}`)
}
