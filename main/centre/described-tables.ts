import type { PostgresClient } from '../database/migrate-postgres.ts'
import { type TableName, tableNames } from '../database/registry.ts'

export interface DescribedColumn {
  name: string
  /** As `format_type` writes it. */
  type: string
  isNullable: boolean
  default: string | null
}

export interface DescribedReference {
  column: string
  parent: TableName
  /** The row cannot be without it. */
  isFirm: boolean
}

export interface DescribedTable {
  name: TableName
  /** Without the id. */
  columns: DescribedColumn[]
  references: DescribedReference[]
  primaryKey: string[]
}

/** The typed tables as the database has them, so that nothing about their columns is written down twice. */
export async function describedTables(client: PostgresClient): Promise<DescribedTable[]> {
  const columns = await client.query<DescribedColumn & { table: string }>(`
    SELECT c.relname AS "table", attname AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS "isNullable",
      pg_get_expr(adbin, adrelid) AS "default"
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND attnum > 0 AND NOT attisdropped AND attname <> 'id'
    ORDER BY attnum`)
  const references = await client.query<{ table: string; column: string; parent: TableName; isFirm: boolean }>(`
    SELECT t.relname AS "table", attname AS "column", r.relname AS parent, confdeltype <> 'n' AS "isFirm"
    FROM pg_constraint JOIN pg_class t ON t.oid = conrelid JOIN pg_class r ON r.oid = confrelid
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND t.relnamespace = 'public'::regnamespace AND NOT t.relispartition
    ORDER BY 1, 2`)
  const keys = await client.query<{ table: string; columns: string[] }>(`
    SELECT t.relname AS "table", ARRAY(SELECT attname::text FROM unnest(conkey) AS k JOIN pg_attribute ON attrelid = conrelid AND attnum = k) AS columns
    FROM pg_constraint JOIN pg_class t ON t.oid = conrelid
    WHERE contype = 'p' AND t.relnamespace = 'public'::regnamespace AND NOT t.relispartition`)
  return tableNames.map((name) => ({
    name,
    columns: columns.rows.filter(({ table }) => table === name),
    references: references.rows.filter(({ table }) => table === name),
    primaryKey: keys.rows.find(({ table }) => table === name)?.columns ?? [],
  }))
}
