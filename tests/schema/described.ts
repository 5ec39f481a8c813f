import type pg from 'pg'
import type { Connection } from '../../main/database/open.ts'

export interface DescribedColumn {
  table: string
  name: string
  /** As the database writes it: `TEXT`, `character varying(120)`. */
  type: string
  isNullable: boolean
  default: string | null
}

export interface DescribedIndex {
  table: string
  name: string
  columns: string[]
  isUnique: boolean
  isPartial: boolean
}

export interface DescribedKey {
  table: string
  column: string
  references: string
  onDelete: string
}

/** What a database says of itself; primary keys are left out of the indexes, and the parts of a table stand for one. */
export interface Schema {
  tables: string[]
  columns: DescribedColumn[]
  indexes: DescribedIndex[]
  keys: DescribedKey[]
}

/** Without the tables that SQLite keeps for itself and for full-text search. */
export function describeSqlite(connection: Connection): Schema {
  const all = <T>(sql: string) => connection.prepare<[], T>(sql).all()
  const tables = `(SELECT name AS tbl FROM pragma_table_list
    WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\')`
  const columns = all<Omit<DescribedColumn, 'isNullable'> & { isNullable: 0 | 1 }>(`
    SELECT tbl AS "table", name, type, "notnull" = 0 AND pk = 0 AS isNullable, dflt_value AS "default"
    FROM ${tables}, pragma_table_info(tbl)`)
  const indexes = all<Omit<DescribedIndex, 'columns' | 'isUnique' | 'isPartial'> & Record<string, unknown>>(`
    SELECT tbl AS "table", i.name, i."unique" AS isUnique, i.partial AS isPartial,
      (SELECT json_group_array(name ORDER BY seqno) FROM pragma_index_info(i.name)) AS columns
    FROM ${tables}, pragma_index_list(tbl) AS i WHERE i.origin <> 'pk'`)
  return {
    tables: all<{ tbl: string }>(`SELECT tbl FROM ${tables}`).map(({ tbl }) => tbl),
    columns: columns.map((column) => ({ ...column, isNullable: column.isNullable === 1 })),
    indexes: indexes.map(({ table, name, columns, isUnique, isPartial }) => ({
      table,
      name,
      columns: JSON.parse(String(columns)),
      isUnique: isUnique === 1,
      isPartial: isPartial === 1,
    })),
    keys: all<DescribedKey>(`
      SELECT tbl AS "table", "from" AS "column", k."table" AS "references", on_delete AS onDelete
      FROM ${tables}, pragma_foreign_key_list(tbl) AS k`),
  }
}

export async function describePostgres(client: pg.Client): Promise<Schema> {
  const all = async <T extends object>(sql: string) => (await client.query<T>(sql)).rows
  const tables = await all<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
      AND NOT relispartition`,
  )
  return {
    tables: tables.map(({ name }) => name),
    columns: await all(`
      SELECT c.relname AS "table", attname AS name, format_type(atttypid, atttypmod) AS type,
        NOT attnotnull AS "isNullable", pg_get_expr(adbin, adrelid) AS "default"
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND attnum > 0 AND NOT attisdropped`),
    indexes: await all(`
      SELECT t.relname AS "table", i.relname AS name, indisunique OR indisexclusion AS "isUnique", indpred IS NOT NULL AS "isPartial",
        ARRAY(SELECT attname::text FROM unnest(indkey) WITH ORDINALITY AS k (number, place)
          JOIN pg_attribute ON attrelid = indrelid AND attnum = k.number ORDER BY place) AS columns
      FROM pg_index JOIN pg_class i ON i.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
      WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND NOT indisprimary`),
    keys: await all(`
      SELECT t.relname AS "table", attname::text AS "column", r.relname AS "references",
        CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT' ELSE 'NO ACTION' END AS "onDelete"
      FROM pg_constraint JOIN pg_class t ON t.oid = conrelid JOIN pg_class r ON r.oid = confrelid
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
      WHERE contype = 'f' AND t.relnamespace = 'public'::regnamespace AND NOT t.relispartition`),
  }
}
