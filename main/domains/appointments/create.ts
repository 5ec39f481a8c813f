import { type AppointmentFields, longestAppointmentMs } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { beneficiaryOf, trainersOf } from '../beneficiaries/queries.ts'
import { groupById } from '../groups/queries.ts'
import { tellOfAppointment, type Version } from '../notifications/appointments.ts'
import { insertAppointment } from './queries.ts'
import { settled } from './series.ts'

type Creating = Pick<WriteContext, 'db' | 'actor' | 'now'>

/** Writes a new one down and tells those concerned. */
export async function createAppointment(creating: Creating, fields: AppointmentFields): Promise<Id> {
  const { db, actor, now } = creating
  const scope = scopeOf(actor)
  refuseOddTimes(fields)
  await reachedLearner(db, scope, fields.beneficiaryId)
  await reachedGroup(db, scope, fields.groupId)
  const trainerId = await assignedTrainer(db, scope, fields.trainerId)
  const columns = settled({ ...fields, trainerId })
  const times = { created_at: now, updated_at: now }
  const id = await insertAppointment(db, { ...columns, organization_id: scope.organizationId, ...times })
  await tell(creating, id, null, { ...fields, trainerId, endTime: columns.series_end ?? fields.endTime })
  return id
}

export function tell({ db, actor, now }: Creating, appointmentId: Id, before: Version | null, after: Version | null) {
  const { organizationId } = scopeOf(actor)
  return tellOfAppointment(db, { organizationId, appointmentId, by: actor.userId, before, after }, now)
}

export function refuseOddTimes({ startTime, endTime }: { startTime: string; endTime: string }) {
  const lastsMs = Date.parse(endTime) - Date.parse(startTime)
  if (lastsMs <= 0) throw new Refusal('invalid', 'appointment.endsTooEarly')
  if (lastsMs > longestAppointmentMs) throw new Refusal('invalid', 'appointment.tooLong')
}

export async function reachedLearner(db: Reader, scope: Scope, id: Id | null) {
  if (id === null) return
  if (!(await beneficiaryOf(db, scope, id))) throw new Refusal('notFound', 'beneficiary.notFound')
}

export async function reachedGroup(db: Reader, { organizationId }: Scope, id: Id | null) {
  if (id === null) return
  if (!(await groupById(db, organizationId, id))) throw new Refusal('notFound', 'group.notFound')
}

/** What a trainer writes down is theirs; giving it to somebody else is the administrators'. */
export async function assignedTrainer(db: Reader, { organizationId, trainerId: own }: Scope, wanted: Id | null) {
  if (own !== null && wanted !== null && wanted !== own) throw new Refusal('forbidden', 'appointment.trainerByAdmin')
  if (own !== null || wanted === null) return own
  const trainersHere = await trainersOf(db, organizationId)
  if (!trainersHere.some(({ id }) => id === wanted)) throw new Refusal('notFound', 'user.notFound')
  return wanted
}
