import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import type { JsonValue } from '../../database/tables.ts'
import type { LoggedFields } from './field-history.ts'
import type { PersonFile } from './person-file.ts'

/** What writes over a file. */
export const changingActions = [
  'beneficiaries.update',
  'beneficiaries.restoreField',
  'beneficiaries.setStatus',
  'merges.merge',
  'merges.undo',
  'handovers.accept',
  'handovers.move',
  'handovers.moveBack',
  'peopleImports.changeSome',
  'bulk.changedSome',
  'bulk.tookBackSome',
] as const

interface LoggedChange {
  table: string
  id: Id
  kind: string
  person: Id | null
  fields?: LoggedFields
  isErased?: boolean
}

/** Lines that tell of a change in this file, newest first. */
export async function changeLines(db: Reader, { userId }: PersonFile, before: Id | undefined, limit: number) {
  let query = db
    .selectFrom('activity_people')
    .innerJoin('activity_logs', 'activity_logs.id', 'activity_people.activity_id')
    .leftJoin('users', 'users.id', 'activity_logs.user_id')
    .select([
      'activity_logs.id as activityId',
      'activity_logs.created_at as at',
      'users.name as byName',
      'activity_logs.details',
    ])
    .where('activity_people.person_id', '=', userId)
    .where('activity_logs.action', 'in', changingActions)
  if (before !== undefined) query = query.where('activity_people.activity_id', '<', before)
  const lines = await query.orderBy('activity_people.activity_id', 'desc').limit(limit).execute()
  return lines.map(({ details, ...line }) => ({ ...line, changes: changesIn(details, userId) }))
}

/** The changes that one line has of this file; none where it is about somebody else. */
export async function fileChange(db: Reader, { userId }: PersonFile, activityId: Id) {
  const line = await db
    .selectFrom('activity_logs')
    .select('details')
    .where('id', '=', activityId)
    .where('action', 'in', changingActions)
    .where(
      sql<SqlBool>`exists (select 1 from activity_people where person_id = ${userId} and activity_id = activity_logs.id)`,
    )
    .executeTakeFirst()
  return line ? changesIn(line.details, userId) : []
}

function changesIn(details: JsonValue, userId: Id) {
  const { changes = [] } = Object(details) as { changes?: LoggedChange[] }
  return changes
    .filter(({ kind, person, isErased }) => kind === 'update' && person === userId && isErased !== true)
    .map(({ table, fields = {} }) => ({ table, fields }))
}
