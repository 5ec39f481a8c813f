import {
  type AppointmentFields,
  type AppointmentStatus,
  type AppointmentVersion,
  type FindConflicts,
  type ListAppointments,
  longestAppointmentMs,
  type MoveAppointment,
  mostAppointments,
} from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { learnerOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { beneficiaryOf, trainersOf } from '../beneficiaries/queries.ts'
import { tellOfAppointment, type Version } from '../notifications/appointments.ts'
import { conflictsWith } from './conflicts.ts'
import {
  appointmentOf,
  appointmentsIn,
  appointmentsOfLearner,
  deleteAppointment,
  insertAppointment,
  moveAppointment,
  type Span,
  setAppointmentStatus,
  updateAppointment,
} from './queries.ts'

export async function list({ db, actor }: ReadContext, input: ListAppointments) {
  const found = await appointmentsIn(db, scopeOf(actor), input)
  return { rows: found.slice(0, mostAppointments), isCut: found.length > mostAppointments }
}

export async function get({ db, actor }: ReadContext, { id }: { id: Id }) {
  return known(db, scopeOf(actor), id)
}

export async function conflicts({ db, actor }: ReadContext, input: FindConflicts) {
  const scope = scopeOf(actor)
  refuseOddTimes(input)
  const present = input.exceptId === undefined ? undefined : await known(db, scope, input.exceptId)
  if (input.beneficiaryId !== present?.beneficiaryId) await reachedLearner(db, scope, input.beneficiaryId)
  return conflictsWith(db, scope, { ...input, trainerId: scope.trainerId ?? input.trainerId })
}

export async function create({ db, actor, now, about }: WriteContext, fields: AppointmentFields) {
  const scope = scopeOf(actor)
  refuseOddTimes(fields)
  await reachedLearner(db, scope, fields.beneficiaryId)
  const trainerId = await assignedTrainer(db, scope, fields.trainerId)
  const id = await insertAppointment(db, scope.organizationId, { ...fields, trainerId }, now)
  await tell({ db, actor, now }, id, null, { ...fields, trainerId })
  about(id)
  return { id, updatedAt: now }
}

export async function update(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, ...fields }: AppointmentFields & AppointmentVersion,
) {
  const scope = scopeOf(actor)
  const present = await unchanged(db, scope, { id, updatedAt })
  refuseOddTimes(fields)
  if (fields.beneficiaryId !== present.beneficiaryId) await reachedLearner(db, scope, fields.beneficiaryId)
  const isSameTrainer = fields.trainerId === present.trainerId
  const trainerId = isSameTrainer ? fields.trainerId : await assignedTrainer(db, scope, fields.trainerId)
  await updateAppointment(db, id, { ...fields, trainerId }, now)
  await tell({ db, actor, now }, id, present, { ...fields, trainerId })
  about(id)
  return { updatedAt: now }
}

export async function move(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, startTime, endTime }: MoveAppointment,
) {
  const present = await unchanged(db, scopeOf(actor), { id, updatedAt })
  refuseOddTimes({ startTime, endTime })
  await moveAppointment(db, id, { startTime, endTime }, now)
  await tell({ db, actor, now }, id, present, { ...present, startTime, endTime })
  about(id)
  return { updatedAt: now }
}

export async function setStatus(
  { db, actor, now, about }: WriteContext,
  { id, updatedAt, status }: AppointmentVersion & { status: AppointmentStatus },
) {
  const present = await unchanged(db, scopeOf(actor), { id, updatedAt })
  await setAppointmentStatus(db, id, status, now)
  await tell({ db, actor, now }, id, present, { ...present, status })
  about(id, { status })
  return { updatedAt: now }
}

export async function remove({ db, actor, now, about }: WriteContext, version: AppointmentVersion) {
  const present = await unchanged(db, scopeOf(actor), version)
  const { id } = present
  await tell({ db, actor, now }, id, present, null)
  await deleteAppointment(db, id)
  about(id)
  return {}
}

export async function mine({ db, actor }: ReadContext, span: Span) {
  return appointmentsOfLearner(db, learnerOf(actor), span)
}

function tell(
  { db, actor, now }: Pick<WriteContext, 'db' | 'actor' | 'now'>,
  appointmentId: Id,
  before: Version | null,
  after: Version | null,
) {
  const { organizationId } = scopeOf(actor)
  return tellOfAppointment(db, { organizationId, appointmentId, by: actor.userId, before, after }, now)
}

/** Somebody else's is reported as missing, so that ids cannot be probed. */
async function known(db: Reader, scope: Scope, id: Id) {
  const appointment = await appointmentOf(db, scope, id)
  if (!appointment) throw new Refusal('notFound', 'appointment.notFound')
  return appointment
}

async function unchanged(db: Reader, scope: Scope, { id, updatedAt }: AppointmentVersion) {
  const appointment = await known(db, scope, id)
  if (appointment.updatedAt !== updatedAt) throw new Refusal('conflict', 'appointment.changedMeanwhile')
  return appointment
}

function refuseOddTimes({ startTime, endTime }: { startTime: string; endTime: string }) {
  const lastsMs = Date.parse(endTime) - Date.parse(startTime)
  if (lastsMs <= 0) throw new Refusal('invalid', 'appointment.endsTooEarly')
  if (lastsMs > longestAppointmentMs) throw new Refusal('invalid', 'appointment.tooLong')
}

async function reachedLearner(db: Reader, scope: Scope, id: Id | null) {
  if (id === null) return
  if (!(await beneficiaryOf(db, scope, id))) throw new Refusal('notFound', 'beneficiary.notFound')
}

/** What a trainer writes down is theirs; giving it to somebody else is the administrators'. */
async function assignedTrainer(db: Reader, { organizationId, trainerId: own }: Scope, wanted: Id | null) {
  if (own !== null && wanted !== null && wanted !== own) throw new Refusal('forbidden', 'appointment.trainerByAdmin')
  if (own !== null || wanted === null) return own
  const trainersHere = await trainersOf(db, organizationId)
  if (!trainersHere.some(({ id }) => id === wanted)) throw new Refusal('notFound', 'user.notFound')
  return wanted
}
