import { type ExpressionBuilder, type Insertable, type Selectable, type SqlBool, sql, type Updateable } from 'kysely'
import { type AppointmentFields, longestAppointmentMs } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { Database } from '../../database/tables.ts'
import { isNotInTrash, type Scope } from '../../scope.ts'
import { settledRecurrence } from './recurrence.ts'

export interface Span {
  from: string
  until: string
}

/** A row as it is kept: one appointment, one of a series that is different, or what stands for a series from somewhere on. */
export type Stored = Selectable<Database['appointments']>
type Columns = Insertable<Database['appointments']>

/** Whose: those of a trainer, of a learner, or of a trainer with a learner. */
export interface Whose {
  organizationId: Id
  trainerId?: Id | null | undefined
  beneficiaryId?: Id | undefined
}

/** A row with the names that are shown with it. */
export type Named = Stored & { beneficiaryName: string | null; trainerName: string | null; groupName: string | null }

/** What stands at a time by itself: everything but what stands for a series. */
export function appointmentsAt(db: Reader, whose: Whose, span: Span, limit: number): Promise<Named[]> {
  return named(db, whose)
    .where('appointments.recurrence', 'is', null)
    .where(touches(span))
    .orderBy('appointments.start_time')
    .orderBy('appointments.id')
    .limit(limit)
    .execute()
}

/** What stands for a series that goes on in a time. */
export function seriesIn(db: Reader, whose: Whose, { from, until }: Span): Promise<Named[]> {
  return named(db, whose)
    .where('appointments.series_end', '>', from)
    .where('appointments.start_time', '<', until)
    .where('appointments.recurrence', 'is not', null)
    .execute()
}

/** All rows of some series, deleted ones too: they say which occurrences are told by another row. */
export function marksOf(db: Reader, roots: readonly Id[]) {
  return db
    .selectFrom('appointments')
    .select(['id', 'series_id', 'series_minutes', 'recurrence', 'updated_at'])
    .where((eb) => eb.or([eb('series_id', 'in', [...roots]), eb('id', 'in', [...roots])]))
    .execute()
}

export type Mark = Awaited<ReturnType<typeof marksOf>>[number]

export function appointmentOf(db: Reader, scope: Scope, id: Id): Promise<Named | undefined> {
  return named(db, scope).where('appointments.id', '=', id).executeTakeFirst()
}

/** All rows of a series, or the one row that is none; deleted ones too. */
export function familyOf(db: Reader, organizationId: Id, root: Id): Promise<Stored[]> {
  return db
    .selectFrom('appointments')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where((eb) => eb.or([eb('series_id', '=', root), eb('id', '=', root)]))
    .orderBy('id')
    .execute()
}

/** Which rows of a series, or the one row that is none, are with somebody who is in the trash. */
export async function awayIn(db: Reader, root: Id): Promise<ReadonlySet<Id>> {
  const rows = await db
    .selectFrom('appointments')
    .select('id')
    .where((eb) => eb.or([eb('series_id', '=', root), eb('id', '=', root)]))
    .where(sql<SqlBool>`not ${isNotInTrash('appointments.beneficiary_id')}`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** What search finds by its title or by whom it is with: from `from` on, what lies ahead of `now` first. */
export function appointmentTitles(
  db: Reader,
  scope: Scope,
  { from, now, limit }: { from: string; now: string; limit: number },
) {
  return readable(db, scope)
    .select([
      'appointments.id',
      'appointments.title',
      'appointments.start_time as startTime',
      sql<number>`appointments.recurrence is not null`.as('isSeries'),
      'learners.name as personName',
    ])
    .where((eb) => eb.or([eb('appointments.start_time', '>=', from), eb('appointments.series_end', '>=', from)]))
    .orderBy(sql`appointments.start_time < ${now}`)
    .orderBy('appointments.start_time')
    .limit(limit)
    .execute()
}

export async function insertAppointment(db: Writer, columns: Omit<Columns, 'id'>) {
  const id = await mintId(db, 'appointments')
  await db
    .insertInto('appointments')
    .values({ id, ...columns })
    .execute()
  return id
}

export function setAppointment(db: Writer, id: Id, columns: Updateable<Database['appointments']>) {
  const { start_time: startTime } = columns
  return db
    .updateTable('appointments')
    .set({ ...columns, ...(typeof startTime === 'string' && { reminder_sent: remindsAgainAt(startTime) }) })
    .where('id', '=', id)
    .execute()
}

/** Puts a row back as it was, also one that is gone. */
export async function putAppointment(db: Writer, row: Stored) {
  const { id, ...columns } = row
  const { numUpdatedRows } = await db
    .updateTable('appointments')
    .set(columns)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) await db.insertInto('appointments').values(row).execute()
}

export function deleteAppointment(db: Writer, id: Id) {
  return db.deleteFrom('appointments').where('id', '=', id).execute()
}

/** What was deleted within reach, the latest first. */
export function trashOf(db: Reader, scope: Scope): Promise<Named[]> {
  return namesOf(within(db, scope).where('appointments.deleted_at', 'is not', null))
    .orderBy('appointments.deleted_at', 'desc')
    .orderBy('appointments.id')
    .limit(1000)
    .execute()
}

/** Within reach and not deleted: all of the organization, or what this trainer holds. */
function readable(db: Reader, whose: Whose) {
  return within(db, whose).where('appointments.deleted_at', 'is', null)
}

function within(db: Reader, { organizationId, trainerId, beneficiaryId }: Whose) {
  let query = db
    .selectFrom('appointments')
    .leftJoin('users as trainers', 'trainers.id', 'appointments.trainer_id')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'appointments.beneficiary_id')
    .leftJoin('users as learners', 'learners.id', 'beneficiaries.user_id')
    .leftJoin('groups', 'groups.id', 'appointments.group_id')
    .where('appointments.organization_id', '=', organizationId)
    .where('beneficiaries.deleted_at', 'is', null)
  if (typeof trainerId === 'number') query = query.where('appointments.trainer_id', '=', trainerId)
  return beneficiaryId === undefined ? query : query.where(isWith(beneficiaryId))
}

/** With them alone or with a group of theirs. */
function isWith(beneficiaryId: Id) {
  return sql<SqlBool>`(appointments.beneficiary_id = ${beneficiaryId} or appointments.group_id in (
    select group_id from group_members where beneficiary_id = ${beneficiaryId}
  ))`
}

function named(db: Reader, whose: Whose) {
  return namesOf(readable(db, whose))
}

function namesOf(query: ReturnType<typeof within>) {
  return query
    .selectAll('appointments')
    .select(['learners.name as beneficiaryName', 'trainers.name as trainerName', 'groups.name as groupName'])
}

/** What ends at the moment another begins does not touch it. */
function touches({ from, until }: Span) {
  const earliest = new Date(Date.parse(from) - longestAppointmentMs).toISOString()
  return (eb: ExpressionBuilder<Pick<Database, 'appointments'>, 'appointments'>) =>
    eb.and([
      eb('appointments.start_time', '<', until),
      eb('appointments.start_time', '>=', earliest),
      eb('appointments.end_time', '>', from),
    ])
}

/** Another beginning wants another reminder. */
function remindsAgainAt(startTime: string) {
  return sql<boolean>`case when start_time = ${startTime} then reminder_sent else 0 end`
}

/** As it is stored; the name of what is wrong with the rule otherwise. */
export function columnsOf(fields: AppointmentFields) {
  const settled = fields.recurrence
    ? settledRecurrence(fields, fields.recurrence)
    : { recurrence: null, timeZone: null, seriesEnd: null }
  if (typeof settled === 'string') return settled
  return {
    title: fields.title,
    description: fields.description || null,
    beneficiary_id: fields.beneficiaryId,
    trainer_id: fields.trainerId,
    group_id: fields.groupId,
    start_time: fields.startTime,
    end_time: fields.endTime,
    location: fields.location || null,
    type: fields.type || null,
    status: fields.status,
    notes: fields.notes || null,
    recurrence: settled.recurrence,
    time_zone: settled.timeZone,
    series_end: settled.seriesEnd,
  }
}
