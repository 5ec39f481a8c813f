import {
  type AppointmentFields,
  type AppointmentStatus,
  type AppointmentVersion,
  type FindConflicts,
  type ListAppointments,
  longestAppointmentMs,
  type MoveAppointment,
  mostAppointments,
  type RemoveAppointment,
  type SeriesReach,
  type UpdateAppointment,
} from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { learnerOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { beneficiaryOf, trainersOf } from '../beneficiaries/queries.ts'
import { groupById } from '../groups/queries.ts'
import { tellOfAppointment, type Version } from '../notifications/appointments.ts'
import { calendarFileHandlers } from './calendar-file/files.ts'
import { conflictsWith } from './conflicts.ts'
import { fieldsOf, recurrenceOf, rootOf, rowOf, type Shown, shownIn, shownOne, wholeOf } from './occurrences.ts'
import { insertAppointment, type Span } from './queries.ts'
import { changeShown, removeShown, settled } from './series.ts'
import { restoreAppointment, trashIn } from './trash.ts'
import { type UndoShelf, undoShelf } from './undo.ts'

const mostOfLearner = 200

export function appointmentsHandlers() {
  const shelf = undoShelf()
  return { list, get, conflicts, mine, trash, restore, ...writing(shelf), ...calendarFileHandlers(shelf) }
}

async function list({ db, actor }: ReadContext, { trainerId, ...input }: ListAppointments) {
  const scope = scopeOf(actor)
  if (scope.trainerId !== null && trainerId !== undefined && trainerId !== scope.trainerId)
    return { rows: [], isCut: false }
  const whose = { ...scope, trainerId: scope.trainerId ?? trainerId, beneficiaryId: input.beneficiaryId }
  const found = await shownIn(db, whose, input, mostAppointments + 1)
  return { rows: found.slice(0, mostAppointments).map(rowOf), isCut: found.length > mostAppointments }
}

async function get({ db, actor, clock }: ReadContext, place: Place) {
  return wholeOf(await known(db, scopeOf(actor), place, clock.now().toISOString()))
}

async function conflicts({ db, actor, clock }: ReadContext, input: FindConflicts) {
  const scope = scopeOf(actor)
  refuseOddTimes(input)
  const { exceptId: id } = input
  const now = clock.now().toISOString()
  const present = id === undefined ? undefined : await known(db, scope, { id, occurrence: null }, now)
  if (input.beneficiaryId !== present?.stored.beneficiary_id) await reachedLearner(db, scope, input.beneficiaryId)
  const exceptSeries = present?.seriesId ?? undefined
  const recurrence = input.reach === 'this' || !present ? input.recurrence : recurrenceOf(present.stored)
  const wanted = { ...input, recurrence, trainerId: scope.trainerId ?? input.trainerId, exceptSeries }
  return conflictsWith(db, scope, { ...wanted, askedBy: actor.userId })
}

async function trash({ db, actor }: ReadContext) {
  return trashIn(db, scopeOf(actor))
}

async function restore({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  about(await restoreAppointment(db, scopeOf(actor), id, now))
  return {}
}

async function mine({ db, actor }: ReadContext, span: Span) {
  const beneficiaryId = learnerOf(actor)
  const { organization_id: organizationId } = await organizationOfLearner(db, beneficiaryId)
  const shown = await shownIn(db, { organizationId, beneficiaryId }, span, mostOfLearner)
  return shown.map((one) => ({ ...rowOf(one), description: one.stored.description ?? '' }))
}

function organizationOfLearner(db: Reader, id: Id) {
  return db.selectFrom('beneficiaries').select('organization_id').where('id', '=', id).executeTakeFirstOrThrow()
}

interface Place {
  id: Id
  occurrence: number | null
}

interface Wanted {
  version: AppointmentVersion
  reach: SeriesReach
  /** What becomes of what was there. */
  to: (present: AppointmentFields) => AppointmentFields
}

function writing(shelf: UndoShelf) {
  async function create({ db, actor, now, about }: WriteContext, fields: AppointmentFields) {
    const scope = scopeOf(actor)
    refuseOddTimes(fields)
    await reachedLearner(db, scope, fields.beneficiaryId)
    await reachedGroup(db, scope, fields.groupId)
    const trainerId = await assignedTrainer(db, scope, fields.trainerId)
    const columns = settled({ ...fields, trainerId })
    const { result: id, undo } = await shelf.undoable({ db, actor }, [], async () => {
      const times = { created_at: now, updated_at: now }
      const made = await insertAppointment(db, { ...columns, organization_id: scope.organizationId, ...times })
      return { result: made, made: [made] }
    })
    const lasting = { ...fields, trainerId, endTime: columns.series_end ?? fields.endTime }
    await tell({ db, actor, now }, id, null, lasting)
    about(id)
    return { id, updatedAt: now, undo }
  }

  /** Changes what is shown as far as it goes, and tells those concerned. */
  async function change(context: WriteContext, { version, reach, to }: Wanted) {
    const { db, actor, now, about } = context
    const scope = scopeOf(actor)
    const shown = await unchanged(db, scope, version, now)
    const present = fieldsOf(shown)
    const fields = await allowed(db, scope, present, to(present))
    const place = { scope, shown, reach, now }
    const { result: id, undo } = await shelf.undoable({ db, actor }, [rootOf(shown.stored)], async () => ({
      result: await changeShown(db, place, fields),
    }))
    const over = { endTime: reach === 'this' ? fields.endTime : (shown.stored.series_end ?? fields.endTime) }
    await tell({ db, actor, now }, id, present, { ...fields, ...over })
    about(id)
    return { id, updatedAt: now, undo }
  }

  return {
    create,
    update: (context: WriteContext, { id, occurrence, updatedAt, reach, ...fields }: UpdateAppointment) =>
      change(context, { version: { id, occurrence, updatedAt }, reach, to: () => fields }),
    move: (context: WriteContext, { startTime, endTime, reach, ...version }: MoveAppointment) =>
      change(context, { version, reach, to: (present) => ({ ...present, startTime, endTime }) }),
    async setStatus(context: WriteContext, { status, ...version }: AppointmentVersion & { status: AppointmentStatus }) {
      const written = await change(context, { version, reach: 'this', to: (present) => ({ ...present, status }) })
      context.about(written.id, { status })
      return written
    },
    async remove({ db, actor, now, about }: WriteContext, { reach, ...version }: RemoveAppointment) {
      const scope = scopeOf(actor)
      const shown = await unchanged(db, scope, version, now)
      const present = fieldsOf(shown)
      const { result: id, undo } = await shelf.undoable({ db, actor }, [rootOf(shown.stored)], async () => ({
        result: await removeShown(db, { scope, shown, reach, now }, present),
      }))
      const over = reach === 'this' ? {} : { endTime: shown.stored.series_end ?? present.endTime }
      await tell({ db, actor, now }, id, { ...present, ...over }, null)
      about(id)
      return { undo }
    },
    async undo(context: WriteContext, { undo }: { undo: string }) {
      const { before, after, forget } = await shelf.takeBack(context, undo)
      context.about(after[0]?.id ?? before[0]?.id ?? null)
      context.afterwards(forget)
      return {}
    },
  }
}

/** What is left as it was need not be within reach any more. */
async function allowed(db: Reader, scope: Scope, present: AppointmentFields, fields: AppointmentFields) {
  refuseOddTimes(fields)
  if (fields.beneficiaryId !== present.beneficiaryId) await reachedLearner(db, scope, fields.beneficiaryId)
  if (fields.groupId !== present.groupId) await reachedGroup(db, scope, fields.groupId)
  const isSameTrainer = fields.trainerId === present.trainerId
  return { ...fields, trainerId: isSameTrainer ? fields.trainerId : await assignedTrainer(db, scope, fields.trainerId) }
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
async function known(db: Reader, scope: Scope, { id, occurrence }: Place, now: string): Promise<Shown> {
  const shown = await shownOne(db, scope, { id, occurrence, now })
  if (!shown) throw new Refusal('notFound', 'appointment.notFound')
  return shown
}

async function unchanged(db: Reader, scope: Scope, version: AppointmentVersion, now: string): Promise<Shown> {
  const shown = await known(db, scope, version, now)
  if (shown.stored.updated_at !== version.updatedAt) throw new Refusal('conflict', 'appointment.changedMeanwhile')
  return shown
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

async function reachedGroup(db: Reader, { organizationId }: Scope, id: Id | null) {
  if (id === null) return
  if (!(await groupById(db, organizationId, id))) throw new Refusal('notFound', 'group.notFound')
}

/** What a trainer writes down is theirs; giving it to somebody else is the administrators'. */
async function assignedTrainer(db: Reader, { organizationId, trainerId: own }: Scope, wanted: Id | null) {
  if (own !== null && wanted !== null && wanted !== own) throw new Refusal('forbidden', 'appointment.trainerByAdmin')
  if (own !== null || wanted === null) return own
  const trainersHere = await trainersOf(db, organizationId)
  if (!trainersHere.some(({ id }) => id === wanted)) throw new Refusal('notFound', 'user.notFound')
  return wanted
}
