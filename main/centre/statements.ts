import { registry, type TableName } from '../database/registry.ts'
import type { DescribedColumn, DescribedTable } from './described-tables.ts'
import { type Reach, reaches } from './reach.ts'

/**
 * The account that a row is about, from its values `v` and its `id`; minus the beneficiary where they have no account, so
 * that their rows still belong together.
 */
export function personOf(table: TableName): string {
  const { about, account }: Reach = reaches[table]
  // Also of a file that is gone: it may live again, and is erased with what tells about it.
  const asOf = (parent: TableName, column: string) =>
    `(SELECT p.person_id FROM sync.row AS p WHERE p.table_number = ${registry[parent].number} AND p.id = ${valueOf(column, 'bigint')})`
  switch (about) {
    case 'self':
      return 'g.id'
    case 'account':
      return valueOf(account ?? 'user_id', 'bigint')
    case 'beneficiary':
      return table === 'beneficiaries'
        ? `coalesce(${valueOf('user_id', 'bigint')}, -g.id)`
        : asOf('beneficiaries', 'beneficiary_id')
    case 'attempt':
      return asOf('attempts', 'attempt_id')
    case 'assessment':
      return asOf('assessments', 'assessment_id')
    case 'document':
      return asOf('documents', 'document_id')
    case 'row':
      return `coalesce((SELECT k.person_id FROM sync.row AS k WHERE k.table_number = (g.v ->> 'table_number')::integer AND k.id = ${valueOf('row_id', 'bigint')}), ${valueOf('person_id', 'bigint')})`
    case 'nobody':
      return 'NULL::bigint'
  }
}

/**
 * New rows into `sync.row`. Given: rows, their places, the organization, the sites whose writes the author may bring, the
 * clock, the author, the last number, its scope. Gives what is not taken, and how many were.
 */
export function takeNew({ name, references }: DescribedTable): string {
  const { number } = registry[name]
  const reach: Reach = reaches[name]
  const firm = references.filter(({ isFirm, parent }) => isFirm && parent !== 'organizations')
  // Once for each parent: many rows of an envelope have the same.
  const parents = firm.map(
    ({ column, parent }) => `${quoted(`known ${column}`)} AS MATERIALIZED (
  SELECT p.id FROM (SELECT DISTINCT ${valueOf(column, 'bigint')} AS id FROM given AS g) AS d CROSS JOIN LATERAL sync.row_at(${registry[parent].number}, d.id) AS p
), `,
  )
  const verdicts = [
    ...(name === 'sync_conflicts' ? [`WHEN NOT g.r ? 'offered' THEN 'notAllowed'`] : []),
    ...(reach.trainerWrites ? [] : [`WHEN $8 = 'trainer' THEN 'notAllowed'`]),
    ...(reach.kioskWrites && name !== 'learner_credentials' ? [] : [`WHEN $8 = 'kiosk' THEN 'notAllowed'`]),
    ...(name === 'users'
      ? [`WHEN $8 = 'trainer' AND g.v ->> 'role' IS DISTINCT FROM 'student' THEN 'notAllowed'`]
      : []),
    ...(name === 'organizations' ? [] : [`WHEN NOT g.r ? 'offered' AND g.r -> 'base' <> '0' THEN 'moved'`]),
    // What stayed when its person went to another organization waits for them, and nothing takes its number.
    ...(name === 'organizations'
      ? []
      : [
          `WHEN (SELECT EXISTS (SELECT FROM sync.leave AS l WHERE l.organization_id = $3 AND l.trainer_id IS NULL)) AND ${hasLeft(number, 'g.id')} THEN 'moved'`,
        ]),
    ...(reach.trainerReads === 'views' ? [`WHEN $8 = 'trainer' AND g.person_id IS NULL THEN 'notAllowed'`] : []),
    name === 'organizations'
      ? `WHEN g.id <> $3 THEN 'foreignOrganization'`
      : `WHEN CASE WHEN g.r ? 'offered' THEN (g.id >> 32)::integer <> ALL (sync.sites_for(g.r, $4, $3)) ELSE (g.id >> 32)::integer <> ALL ($4) END THEN 'foreignBlock'`,
    `WHEN CASE WHEN g.is_plain THEN (g.r -> 'stamp' ->> 1)::integer <> ALL ($4) ELSE sync.has_foreign_site(g.r, sync.sites_for(g.r, $4, $3)) END THEN 'foreignStamp'`,
    ...(name === 'organizations'
      ? []
      : [`WHEN g.v ->> 'organization_id' IS DISTINCT FROM $3::text THEN 'foreignOrganization'`]),
    ...firm.map(
      ({ column, parent }) =>
        // A row may hang on another one of its table that comes with it.
        `WHEN g.v ->> '${column}' IS NOT NULL AND ${valueOf(column, 'bigint')} NOT IN (SELECT p.id FROM ${quoted(`known ${column}`)} AS p)${parent === name ? ` AND NOT EXISTS (SELECT FROM about AS o WHERE o.id = ${valueOf(column, 'bigint')})` : ''} THEN CASE WHEN sync.was_erased($3, ${registry[parent].number}, ${valueOf(column, 'bigint')}) THEN 'erased' WHEN sync.has_left($3, ${registry[parent].number}, ${valueOf(column, 'bigint')}) THEN 'moved' ELSE 'parentMissing' END`,
    ),
    ...firm
      .filter(({ parent }) => mayBeErased(parent))
      .map(
        ({ column, parent }) =>
          `WHEN (SELECT EXISTS (SELECT FROM public.erasure_orders AS o WHERE o.organization_id = $3)) AND g.r -> 'deletion' IS NULL AND ${wasErased(parent, column)} THEN 'erased'`,
      ),
    ...(mayBeErased(name)
      ? [
          `WHEN EXISTS (SELECT FROM public.erasure_orders AS o WHERE ${isTheirs(name)}) AND g.r -> 'deletion' IS NULL${name === 'users' ? ' AND NOT sync.is_nameless(g.v)' : ''} THEN 'erased'`,
        ]
      : []),
    ...(name === 'erasure_orders'
      ? [
          `WHEN NOT EXISTS (SELECT FROM sync.row AS p WHERE p.table_number = ${registry.users.number} AND p.id = ${valueOf('person_id', 'bigint')}) AND ((g.v ->> 'person_id')::bigint >> 32)::integer <> ALL ($4) THEN 'parentMissing'`,
        ]
      : []),
  ]
  return `WITH given AS MATERIALIZED (
  SELECT place, r, (r ->> 'id')::bigint AS id, r -> 'values' AS v, NOT r ?| ARRAY['stamps', 'seen', 'deletion', 'offered'] AS is_plain
  FROM unnest($1::jsonb[], $2::integer[]) AS g (r, place)
), about AS MATERIALIZED (
  SELECT g.*, ${personOf(name)} AS person_id FROM given AS g
), ${parents.join('')}judged AS MATERIALIZED (
  SELECT g.*, CASE ${verdicts.join('\n    ')} END AS verdict FROM about AS g
), accepted AS MATERIALIZED (
  SELECT g.*, $7 + row_number() OVER (ORDER BY g.place) AS number,
    CASE WHEN is_plain THEN jsonb_build_object('values', g.v, 'stamp', g.r -> 'stamp') ELSE sync.state_in(g.r, c.rules) END AS state, c.rules
  FROM judged AS g, sync.rule AS c WHERE verdict IS NULL AND c.table_number = ${number}
), inserted AS (
  INSERT INTO sync.row (table_number, id, organization_id, number, person_id, state, alive, received_clock, first_number, echo_of)
  SELECT ${number}, id, $3, number, person_id, state, g.r -> 'deletion' IS NULL OR sync.is_alive(state, rules), $5, number, $6 FROM accepted AS g
  ON CONFLICT (table_number, id) DO NOTHING RETURNING id
)
SELECT CASE WHEN (SELECT count(*) FROM inserted) = (SELECT count(*) FROM judged) THEN '[]' ELSE (
  SELECT jsonb_agg(jsonb_build_object('place', place, 'table', ${number}, 'id', id, 'column', NULL, 'reason', coalesce(verdict, 'moved')))
  FROM judged AS g WHERE verdict IS NOT NULL OR NOT EXISTS (SELECT FROM inserted AS i WHERE i.id = g.id)
) END AS refused, (SELECT count(*)::integer FROM accepted) AS taken`
}

/** Living rows that `<rows>` chooses into the typed table. */
export function put(table: DescribedTable): string {
  const { name, columns, primaryKey } = table
  const names = columns.map((column) => quoted(column.name))
  const values = columns.map((column) => typed(table, column))
  const updates = columns
    .filter((column) => !primaryKey.includes(column.name))
    .map((column) => `${quoted(column.name)} = EXCLUDED.${quoted(column.name)}`)
  return `INSERT INTO public.${name} AS t (id, ${names.join(', ')})
SELECT g.id, ${values.join(', ')}
FROM (SELECT r.id, r.state -> 'values' AS v FROM sync.row AS r WHERE <rows> AND r.table_number + 0 = ${registry[name].number} AND r.alive OFFSET 0) AS g
ON CONFLICT (${primaryKey.map(quoted).join(', ')}) DO UPDATE SET ${updates.join(', ')}`
}

/** Columns from which nothing else follows: they name no other row, and do not tell whom theirs is about. */
export function plainColumns({ name, columns, references }: DescribedTable): DescribedColumn[] {
  const person = personOf(name)
  const named = new Set(references.map(({ column }) => column))
  return columns.filter((column) => !named.has(column.name) && !person.includes(`'${column.name}'`))
}

/** Of rows that stand in the typed table those plain columns that have changed. Given: their ids, their values, the names. */
export function putPlain(table: DescribedTable): string {
  const updates = plainColumns(table).map((column) => {
    const name = quoted(column.name)
    return `${name} = CASE WHEN g.changed ? '${column.name}' THEN ${typed(table, column)} ELSE t.${name} END`
  })
  return `UPDATE public.${table.name} AS t SET ${updates.join(', ')}
FROM (SELECT * FROM unnest($1::bigint[], $2::jsonb[], $3::jsonb[]) AS w (id, v, changed) OFFSET 0) AS g WHERE t.id = g.id AND t.id = ANY ($1)`
}

/** Which references to rows that are not here yet are to be filled in later. */
export function putWaiting(table: DescribedTable): string {
  const { name } = table
  const found = table.references
    .filter(({ isFirm }) => !isFirm)
    .map(
      ({
        column,
        parent,
      }) => `SELECT $1::bigint, ${registry[parent].number}, (r.state -> 'values' ->> '${column}')::bigint, ${registry[name].number}, r.id
FROM sync.written_since($1, $2) AS r
WHERE r.table_number = ${registry[name].number} AND r.alive AND r.state -> 'values' -> '${column}' <> 'null'
  AND (SELECT t.${quoted(column)} IS NULL FROM public.${name} AS t WHERE t.id = r.id OFFSET 0)`,
    )
  if (found.length === 0) return 'SELECT $1::bigint, $2::bigint'
  return `INSERT INTO sync.waiting (organization_id, parent_table, parent_id, table_number, id)
${found.join('\nUNION ALL ')}
ON CONFLICT DO NOTHING`
}

/** Dead rows out of the typed table. What still names one of them, as a log does, waits for it to live again. */
export function takeOut({ name }: DescribedTable, tables: readonly DescribedTable[]): string {
  const { number } = registry[name]
  const naming = tables.flatMap((child) =>
    child.references
      .filter(({ parent, isFirm }) => parent === name && !isFirm)
      .map(
        ({ column }) =>
          `SELECT $1::bigint, ${number}, t.${quoted(column)}, ${registry[child.name].number}, t.id FROM public.${child.name} AS t WHERE t.${quoted(column)} = ANY (ARRAY(SELECT id FROM dead))`,
      ),
  )
  const waiting = `, waiting AS (
  INSERT INTO sync.waiting (organization_id, parent_table, parent_id, table_number, id)
  ${naming.join('\n  UNION ALL ')}
  ON CONFLICT DO NOTHING
)`
  return `WITH dead AS MATERIALIZED (
  SELECT r.id FROM sync.written_since($1, $2) AS r WHERE r.table_number = ${number} AND NOT r.alive
)${naming.length > 0 ? waiting : ''}
DELETE FROM public.${name} WHERE id = ANY (ARRAY(SELECT id FROM dead))`
}

/** Rows about a person that may still come after the person was erased say nothing of them any more. */
function mayBeErased(table: TableName): boolean {
  return (
    (reaches[table].about !== 'nobody' || table === 'messages') &&
    !['privacy_requests', 'sync_conflicts', 'erasure_orders'].includes(table)
  )
}

/**
 * `sync.has_left`, and `sync.was_erased` where somebody was, as parts of the statement around them: a function with a query
 * inside is called anew for each row, which takes twenty times as long.
 */
function hasLeft(table: number, id: string): string {
  return `EXISTS (SELECT FROM sync.leave AS l WHERE l.organization_id = $3 AND l.trainer_id IS NULL AND l.table_number = ${table} AND l.id = ${id} OFFSET 0)`
}

function wasErased(parent: TableName, column: string): string {
  const [table, id] = [registry[parent].number, valueOf(column, 'bigint')]
  return `(EXISTS (SELECT FROM sync.refused AS n WHERE n.organization_id = $3 AND n.table_number = ${table} AND n.id = ${id} AND n.reason = 'erased' OFFSET 0)
      OR EXISTS (SELECT FROM sync.row_at(${table}, ${id}) AS p WHERE NOT p.alive AND sync.is_forgotten(p.state)))`
}

/** A message is of both who write to each other. */
function isTheirs(table: TableName): string {
  return table === 'messages'
    ? `o.person_id IN (${valueOf('sender_id', 'bigint')}, ${valueOf('recipient_id', 'bigint')})`
    : 'o.person_id = g.person_id'
}

function typed({ references }: DescribedTable, column: DescribedColumn): string {
  // An older program does not know of every column.
  const value = `coalesce(g.v -> '${column.name}', 'null')`
  const soft = references.find((reference) => reference.column === column.name && !reference.isFirm)
  // Without coalesce, which hides from the planner that the key of the parent may be asked for before whose row it is.
  if (soft)
    return `CASE WHEN g.v ? '${column.name}' THEN (SELECT p.id FROM public.${soft.parent} AS p WHERE p.id = sync.as_whole(g.v -> '${column.name}')) END`
  const as = `sync.${converterOf(column.type)}(${value})`
  if (column.default === null || column.isNullable) return as
  return `CASE WHEN g.v ? '${column.name}' THEN ${as} ELSE ${column.default} END`
}

function converterOf(type: string): string {
  if (type === 'bigint' || type === 'integer') return 'as_whole'
  if (type === 'boolean') return 'as_flag'
  if (type === 'double precision') return 'as_real'
  if (type === 'date') return 'as_date'
  if (type === 'jsonb') return 'as_json'
  if (type === 'timestamp(3) with time zone') return 'as_time'
  return 'as_text'
}

function valueOf(column: string, type: string): string {
  return `(g.v ->> '${column}')::${type}`
}

function quoted(name: string): string {
  return `"${name}"`
}
