import {
  type AppointmentFields,
  type AppointmentStatus,
  type AppointmentVersion,
  type FindConflicts,
  type ListAppointments,
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
import { calendarFileHandlers } from './calendar-file/files.ts'
import { conflictsWith } from './conflicts.ts'
import { assignedTrainer, createAppointment, reachedGroup, reachedLearner, refuseOddTimes, tell } from './create.ts'
import { fieldsOf, recurrenceOf, rootOf, rowOf, type Shown, shownIn, shownOne, wholeOf } from './occurrences.ts'
import type { Span } from './queries.ts'
import { changeShown, removeShown } from './series.ts'
import { restoreAppointment, trashIn } from './trash.ts'
import type { UndoShelf } from './undo.ts'

const mostOfLearner = 200

/** `shelf`: what can be taken back, whichever domain did it. */
export function appointmentsHandlers(shelf: UndoShelf) {
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
  async function create(context: WriteContext, fields: AppointmentFields) {
    const { result: id, undo } = await shelf.undoable(context, [], async () => {
      const made = await createAppointment(context, fields)
      return { result: made, made: [made] }
    })
    context.about(id)
    return { id, updatedAt: context.now, undo }
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
      const { before, after, staysIn, forget } = await shelf.takeBack(context, undo)
      context.about(after[0]?.id ?? before[0]?.id ?? null)
      context.afterwards(forget)
      return { staysIn }
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
