import { type ExpressionBuilder, sql } from 'kysely'
import {
  type AppointmentFields,
  type AppointmentStatus,
  longestAppointmentMs,
  mostAppointments,
} from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { Database } from '../../database/tables.ts'
import type { Scope } from '../../scope.ts'

export interface Span {
  from: string
  until: string
}

export function appointmentsIn(
  db: Reader,
  scope: Scope,
  { from, until, trainerId, beneficiaryId }: Span & { trainerId?: Id | undefined; beneficiaryId?: Id | undefined },
) {
  let query = readable(db, scope).where(touches({ from, until }))
  if (trainerId) query = query.where('appointments.trainer_id', '=', trainerId)
  if (beneficiaryId) query = query.where('appointments.beneficiary_id', '=', beneficiaryId)
  return query
    .select(rowColumns)
    .orderBy('appointments.start_time')
    .orderBy('appointments.id')
    .limit(mostAppointments + 1)
    .execute()
}

export function appointmentOf(db: Reader, scope: Scope, id: Id) {
  return readable(db, scope)
    .select(rowColumns)
    .select((eb) => [
      eb.fn.coalesce('appointments.description', eb.val('')).as('description'),
      eb.fn.coalesce('appointments.notes', eb.val('')).as('notes'),
    ])
    .where('appointments.id', '=', id)
    .executeTakeFirst()
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
      'learners.name as personName',
    ])
    .where('appointments.start_time', '>=', from)
    .orderBy(sql`appointments.start_time < ${now}`)
    .orderBy('appointments.start_time')
    .limit(limit)
    .execute()
}

/** What was called off is in nobody's way. */
export function takenIn(db: Reader, scope: Scope, span: Span) {
  return db
    .selectFrom('appointments')
    .select((eb) => [
      'id',
      'title',
      'start_time as startTime',
      'end_time as endTime',
      'trainer_id as trainerId',
      'beneficiary_id as beneficiaryId',
      eb.fn.coalesce('location', eb.val('')).as('location'),
    ])
    .where('organization_id', '=', scope.organizationId)
    .where(touches(span))
    .where('status', '!=', 'cancelled')
    .orderBy('start_time')
    .orderBy('id')
    .execute()
}

export function appointmentsOfLearner(db: Reader, beneficiaryId: Id, span: Span) {
  return db
    .selectFrom('appointments')
    .leftJoin('users as trainers', 'trainers.id', 'appointments.trainer_id')
    .select((eb) => [
      'appointments.id',
      'appointments.title',
      'appointments.start_time as startTime',
      'appointments.end_time as endTime',
      eb.fn.coalesce('appointments.location', eb.val('')).as('location'),
      eb.fn.coalesce('appointments.type', eb.val('')).as('type'),
      'appointments.status',
      'trainers.name as trainerName',
      eb.fn.coalesce('appointments.description', eb.val('')).as('description'),
    ])
    .where('appointments.beneficiary_id', '=', beneficiaryId)
    .where(touches(span))
    .orderBy('appointments.start_time')
    .orderBy('appointments.id')
    .limit(200)
    .execute()
}

export async function insertAppointment(db: Writer, organizationId: Id, fields: AppointmentFields, now: string) {
  const id = await mintId(db, 'appointments')
  await db
    .insertInto('appointments')
    .values({ id, organization_id: organizationId, ...columnsOf(fields), created_at: now, updated_at: now })
    .execute()
  return id
}

export function updateAppointment(db: Writer, id: Id, fields: AppointmentFields, now: string) {
  return db
    .updateTable('appointments')
    .set({ ...columnsOf(fields), reminder_sent: remindsAgainAt(fields.startTime), updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function moveAppointment(db: Writer, id: Id, times: { startTime: string; endTime: string }, now: string) {
  return db
    .updateTable('appointments')
    .set({
      start_time: times.startTime,
      end_time: times.endTime,
      reminder_sent: remindsAgainAt(times.startTime),
      updated_at: now,
    })
    .where('id', '=', id)
    .execute()
}

export function setAppointmentStatus(db: Writer, id: Id, status: AppointmentStatus, now: string) {
  return db.updateTable('appointments').set({ status, updated_at: now }).where('id', '=', id).execute()
}

export function deleteAppointment(db: Writer, id: Id) {
  return db.deleteFrom('appointments').where('id', '=', id).execute()
}

/** Within reach: all of the organization, or what this trainer holds. */
function readable(db: Reader, { organizationId, trainerId }: Scope) {
  const query = db
    .selectFrom('appointments')
    .leftJoin('users as trainers', 'trainers.id', 'appointments.trainer_id')
    .leftJoin('beneficiaries', 'beneficiaries.id', 'appointments.beneficiary_id')
    .leftJoin('users as learners', 'learners.id', 'beneficiaries.user_id')
    .where('appointments.organization_id', '=', organizationId)
  return trainerId === null ? query : query.where('appointments.trainer_id', '=', trainerId)
}

const rowColumns = [
  'appointments.id',
  'appointments.title',
  'appointments.start_time as startTime',
  'appointments.end_time as endTime',
  sql<string>`coalesce(appointments.location, '')`.as('location'),
  sql<string>`coalesce(appointments.type, '')`.as('type'),
  'appointments.status',
  'appointments.beneficiary_id as beneficiaryId',
  'learners.name as beneficiaryName',
  'appointments.trainer_id as trainerId',
  'trainers.name as trainerName',
  'appointments.updated_at as updatedAt',
] as const

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

function columnsOf(fields: AppointmentFields) {
  return {
    title: fields.title,
    description: fields.description || null,
    beneficiary_id: fields.beneficiaryId,
    trainer_id: fields.trainerId,
    start_time: fields.startTime,
    end_time: fields.endTime,
    location: fields.location || null,
    type: fields.type || null,
    status: fields.status,
    notes: fields.notes || null,
  }
}
