import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { noPassword } from '../identity/passwords.ts'
import { isLinked } from '../links/queries.ts'

export async function insertImport(
  db: Writer,
  {
    organizationId,
    userId,
    fileName,
    total,
  }: { organizationId: Id; userId: Id | null; fileName: string; total: number },
  now: string,
): Promise<Id> {
  const { id } = await db
    .insertInto('people_imports')
    .values({
      id: sql<Id>`(select coalesce(max(id), 0) + 1 from people_imports)`,
      organization_id: organizationId,
      user_id: userId,
      file_name: fileName,
      state: 'running',
      total,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function importOf(db: Reader, scope: Scope, userId: Id | null, id: Id) {
  return within(db, scope, userId).where('people_imports.id', '=', id).executeTakeFirst()
}

export function importsSince(db: Reader, scope: Scope, userId: Id | null, since: string) {
  return within(db, scope, userId)
    .where('people_imports.created_at', '>=', since)
    .where('people_imports.state', '!=', 'undone')
    .orderBy('people_imports.id', 'desc')
    .limit(20)
    .execute()
}

/** A trainer sees what they brought in themselves. */
function within(db: Reader, { organizationId, trainerId }: Scope, userId: Id | null) {
  const query = db
    .selectFrom('people_imports')
    .leftJoin('users', 'users.id', 'people_imports.user_id')
    .select([
      'people_imports.id',
      'people_imports.file_name as fileName',
      'people_imports.state',
      'people_imports.total',
      'people_imports.added',
      'people_imports.updated as changed',
      'people_imports.made_groups as madeGroups',
      'people_imports.created_at as at',
      'users.name as byName',
    ])
    .where('people_imports.organization_id', '=', organizationId)
  return trainerId === null ? query : query.where('people_imports.user_id', '=', userId)
}

interface Progress {
  added?: number
  updated?: number
  state?: 'running' | 'done' | 'undoing' | 'undone'
  madeGroups?: readonly Id[]
}

export function setProgress(db: Writer, id: Id, { madeGroups, ...progress }: Progress) {
  const groups = madeGroups && { made_groups: JSON.stringify(madeGroups) }
  return db
    .updateTable('people_imports')
    .set({ ...progress, ...groups })
    .where('id', '=', id)
    .execute()
}

interface ImportedRow {
  beneficiaryId: Id
  before: string | null
}

export async function insertRows(db: Writer, importId: Id, rows: readonly ImportedRow[], now: string) {
  if (rows.length === 0) return
  await db
    .insertInto('people_import_rows')
    .values(
      rows.map(({ beneficiaryId, before }) => ({
        import_id: importId,
        beneficiary_id: beneficiaryId,
        before,
        written_at: now,
      })),
    )
    .execute()
}

export function deleteImportsBefore(db: Writer, moment: string) {
  return db.deleteFrom('people_imports').where('created_at', '<', moment).execute()
}

/** Where something would stand that was done with somebody since. */
const traces = [
  'attempts',
  'appointments',
  'attendance',
  'assessment_results',
  'assessments',
  'documents',
  'learner_credentials',
  'handovers',
  'goals',
] as const

const untouched = sql<SqlBool>`beneficiaries.updated_at = people_import_rows.written_at
  and users.updated_at = beneficiaries.updated_at
  and (people_import_rows.before is not null or (
    users.role = 'student' and users.password_hash = ${noPassword}
    and not exists (
      select 1 from group_members
      where group_members.beneficiary_id = beneficiaries.id and group_members.created_at <> beneficiaries.created_at
    )
    and not (${sql.join(
      traces.map((table) => sql`exists (select 1 from ${sql.table(table)} where beneficiary_id = beneficiaries.id)`),
      sql` or `,
    )} or ${isLinked})
  ))`

function rowsOf(db: Reader, importId: Id) {
  return db
    .selectFrom('people_import_rows')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'people_import_rows.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .where('people_import_rows.import_id', '=', importId)
}

/** Of the next of these people after one, who was worked with since; a page, because all of them take a second. */
export function touchedPage(db: Reader, importId: Id, after: Id, limit: number) {
  return rowsOf(db, importId)
    .select('people_import_rows.beneficiary_id as id')
    .select(sql<number>`not (${untouched})`.as('isTouched'))
    .where('people_import_rows.beneficiary_id', '>', after)
    .orderBy('people_import_rows.beneficiary_id')
    .limit(limit)
    .execute()
}

/** The next rows to be taken back, with whether each is as the import left it. */
export function nextRows(db: Reader, importId: Id, limit: number) {
  return rowsOf(db, importId)
    .select(['beneficiaries.id', 'users.id as userId', 'people_import_rows.before'])
    .select(sql<number>`${untouched}`.as('isUntouched'))
    .orderBy('people_import_rows.beneficiary_id')
    .limit(limit)
    .execute()
}

export async function countRows(db: Reader, importId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('people_import_rows')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow()
  return count
}

export function deleteRows(db: Writer, importId: Id, ids: readonly Id[]) {
  return db
    .deleteFrom('people_import_rows')
    .where('import_id', '=', importId)
    .where(sql<SqlBool>`beneficiary_id in (select value from json_each(${JSON.stringify(ids)}))`)
    .execute()
}

/** Those of these groups in which nobody is and which no assessment is for. */
export function deleteEmptyGroups(db: Writer, ids: readonly Id[]) {
  return db
    .deleteFrom('groups')
    .where(sql<SqlBool>`id in (select value from json_each(${JSON.stringify(ids)}))`)
    .where(sql<SqlBool>`not exists (select 1 from group_members where group_id = groups.id)`)
    .where(sql<SqlBool>`not exists (select 1 from assessments where group_id = groups.id)`)
    .execute()
}

export function groupNames(db: Reader, organizationId: Id) {
  return db.selectFrom('groups').select(['id', 'name']).where('organization_id', '=', organizationId).execute()
}

export async function groupsWith(db: Reader, beneficiaryId: Id): Promise<Set<Id>> {
  const rows = await db
    .selectFrom('group_members')
    .select('group_id as id')
    .where('beneficiary_id', '=', beneficiaryId)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export function trainersByName(db: Reader, organizationId: Id) {
  return db
    .selectFrom('users')
    .select(['id', 'name', 'email'])
    .where('organization_id', '=', organizationId)
    .where('role', 'in', ['super_admin', 'admin', 'trainer'])
    .where('is_active', '=', true)
    .execute()
}
