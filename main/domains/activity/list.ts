import type {
  ActivityFilter,
  ActivityRow,
  ErrorFilter,
  ErrorRow,
  RowChange,
} from '../../../shared/contract/activity.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import type { JsonValue } from '../../database/tables.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import { personOfBeneficiary } from './people.ts'

interface Wish<Filter> {
  organizationId: Id
  filter: Filter
  after?: string | undefined
  limit: number
}

/** One page, newest first: ids follow the order in which the lines were written. */
export async function activityPage(db: Reader, wish: Wish<ActivityFilter>) {
  const found = await (await matching(db, wish))
    .leftJoin('users', 'users.id', 'activity_logs.user_id')
    .leftJoin('activity_repeats', 'activity_repeats.activity_id', 'activity_logs.id')
    .select([
      'activity_logs.id',
      'activity_logs.created_at as at',
      'activity_logs.user_id as userId',
      'users.name as userName',
      'activity_logs.action',
      'activity_logs.resource_type as resource',
      'activity_logs.resource_id as resourceId',
      'activity_logs.ip_address as ipAddress',
      'activity_logs.user_agent as userAgent',
      'activity_logs.details',
      'activity_repeats.looks',
    ])
    .orderBy('activity_logs.id', 'desc')
    .limit(wish.limit)
    .execute()
  const names = await personNames(
    db,
    found.map(({ id }) => id),
  )
  const rows: ActivityRow[] = found.map(({ details, looks, ...row }) => ({
    ...row,
    ...told(details),
    looks: looks ?? 1,
    personName: names.get(row.id) ?? null,
  }))
  return { rows, next: nextOf(rows, wish.limit) }
}

async function matching(db: Reader, { organizationId, filter, after }: Wish<ActivityFilter>) {
  let query = db.selectFrom('activity_logs').where('activity_logs.organization_id', '=', organizationId)
  if (filter.userId) query = query.where('activity_logs.user_id', '=', filter.userId)
  if (filter.action) query = query.where('activity_logs.action', '=', filter.action)
  if (filter.resource) query = query.where('activity_logs.resource_type', '=', filter.resource)
  if (filter.from) query = query.where('activity_logs.created_at', '>=', filter.from)
  if (filter.until) query = query.where('activity_logs.created_at', '<', filter.until)
  if (after) query = query.where('activity_logs.id', '<', readPageKey(after, ['number'])[0])
  if (filter.beneficiaryId === undefined) return query
  const person = (await personOfBeneficiary(db, filter.beneficiaryId)) ?? 0
  return query.where('activity_logs.id', 'in', (eb) =>
    eb.selectFrom('activity_people').select('activity_id').where('person_id', '=', person),
  )
}

/** Whose file each line is about, where it is about one person. */
async function personNames(db: Reader, ids: Id[]): Promise<Map<Id, string>> {
  if (ids.length === 0) return new Map()
  const people = await db
    .selectFrom('activity_people')
    .innerJoin('users', 'users.id', 'activity_people.person_id')
    .select((eb) => ['activity_id as id', eb.fn.min('users.name').as('name'), eb.fn.countAll<number>().as('people')])
    .where('activity_id', 'in', ids)
    .groupBy('activity_id')
    .execute()
  return new Map(people.filter((one) => one.people === 1).map(({ id, name }) => [id, name]))
}

function told(details: JsonValue): Pick<ActivityRow, 'notes' | 'changes' | 'unlisted'> {
  const { changes, unlisted, ...notes } = Object(details) as {
    changes?: (RowChange & { isErased?: boolean })[]
    unlisted?: number
  }
  return {
    notes: notes as ActivityRow['notes'],
    unlisted: unlisted ?? 0,
    changes: (changes ?? []).map(({ table, id, kind, fields = {}, isErased = false }) => {
      return { table, id, kind, fields, isErased }
    }),
  }
}

function nextOf(rows: { id: Id }[], limit: number): string | null {
  const last = rows[limit - 1]
  return last ? pageKey([last.id]) : null
}

/** What the log of an organization can be filtered by. */
export async function activityChoices(db: Reader, organizationId: Id) {
  const lines = db.selectFrom('activity_logs').where('activity_logs.organization_id', '=', organizationId)
  const users = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('role', '!=', 'student')
    .orderBy('name')
    .execute()
  const actions = await lines.select('action').distinct().orderBy('action').execute()
  const resources = await lines.select('resource_type as name').distinct().orderBy('resource_type').execute()
  return {
    users,
    actions: actions.map(({ action }) => action),
    resources: resources.flatMap(({ name }) => name ?? []),
  }
}

/** Errors of an organization, and those that nobody's call led to; newest first. */
export async function errorPage(db: Reader, { organizationId, filter, after, limit }: Wish<ErrorFilter>) {
  let query = db
    .selectFrom('error_logs')
    .leftJoin('users', 'users.id', 'error_logs.user_id')
    .select([
      'error_logs.id',
      'error_logs.timestamp as at',
      'error_logs.severity',
      'error_logs.error_type as type',
      'error_logs.error_message as message',
      'error_logs.traceback',
      'error_logs.context',
      'error_logs.request_id as requestId',
      'users.name as userName',
    ])
    .where((eb) =>
      eb.or([eb('error_logs.organization_id', '=', organizationId), eb('error_logs.organization_id', 'is', null)]),
    )
  if (filter.severity) query = query.where('error_logs.severity', '=', filter.severity)
  if (filter.requestId) query = query.where('error_logs.request_id', '=', filter.requestId)
  if (filter.from) query = query.where('error_logs.timestamp', '>=', filter.from)
  if (filter.until) query = query.where('error_logs.timestamp', '<', filter.until)
  if (after) query = query.where('error_logs.id', '<', readPageKey(after, ['number'])[0])
  const found = await query.orderBy('error_logs.id', 'desc').limit(limit).execute()
  const rows: ErrorRow[] = found.map(({ traceback, context, ...row }) => ({
    ...row,
    places: traceback === null ? [] : traceback.split('\n'),
    place: String(Object(context)['procedure'] ?? ''),
  }))
  return { rows, next: nextOf(rows, limit) }
}
