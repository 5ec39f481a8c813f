import type { AttendanceOf, NoteAttendance } from '../../../shared/contract/attendance.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { fieldsOf, isException, type Shown, shownOne } from '../appointments/occurrences.ts'
import { marksOf } from '../appointments/queries.ts'
import { changeShown } from '../appointments/series.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { groupById, membersOf } from '../groups/queries.ts'
import { attendantsOf, countsOf, putMark } from './queries.ts'

export async function list({ db, actor, clock }: ReadContext, place: AttendanceOf) {
  const scope = scopeOf(actor)
  const shown = await known(db, scope, place, clock.now().toISOString())
  return peopleOf(db, scope, shown)
}

export async function note({ db, actor, now, about }: WriteContext, { marks, ...place }: NoteAttendance) {
  const scope = scopeOf(actor)
  const shown = await known(db, scope, place, now)
  const people = new Set((await peopleOf(db, scope, shown)).map(({ beneficiaryId }) => beneficiaryId))
  if (!marks.every(({ beneficiaryId }) => people.has(beneficiaryId))) {
    throw new Refusal('notFound', 'beneficiary.notFound')
  }
  const appointmentId = await heldRow(db, { scope, shown, now })
  const others = (await rowsTelling(db, shown)).filter((id) => id !== appointmentId)
  const { organizationId } = scope
  const written = { organizationId, appointmentId, heldAt: shown.startTime, notedBy: actor.userId, now }
  for (const mark of marks) await putMark(db, written, mark, others)
  about(appointmentId, { people: marks.length })
  return { id: appointmentId, occurrence: shown.occurrence }
}

export async function ofPerson({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const scope = scopeOf(actor)
  if (!(await beneficiaryOf(db, scope, beneficiaryId))) throw new Refusal('notFound', 'beneficiary.notFound')
  const [counts] = await countsOf(db, scope.organizationId, [beneficiaryId])
  return counts ?? { beneficiaryId, present: 0, late: 0, excused: 0, absent: 0 }
}

export async function ofGroup({ db, actor }: ReadContext, { groupId }: { groupId: Id }) {
  const scope = scopeOf(actor)
  if (!(await groupById(db, scope.organizationId, groupId))) throw new Refusal('notFound', 'group.notFound')
  const members = await membersOf(db, scope, groupId)
  return countsOf(
    db,
    scope.organizationId,
    members.map(({ beneficiaryId }) => beneficiaryId),
  )
}

async function known(db: Reader, scope: Scope, place: AttendanceOf, now: string): Promise<Shown> {
  const shown = await shownOne(db, scope, { ...place, now })
  if (!shown) throw new Refusal('notFound', 'appointment.notFound')
  return shown
}

async function peopleOf(db: Reader, scope: Scope, shown: Shown) {
  const { beneficiary_id: beneficiaryId, group_id: groupId } = shown.stored
  return attendantsOf(db, scope, { appointmentIds: await rowsTelling(db, shown), beneficiaryId, groupId })
}

/** One of a series has a row of its own once something is noted about it; what has begun was held. */
async function heldRow(db: WriteContext['db'], { scope, shown, now }: { scope: Scope; shown: Shown; now: string }) {
  const isHeldNow = shown.stored.status === 'scheduled' && shown.startTime <= now
  const isOne = shown.seriesId === null || isException(shown.stored)
  if (isOne && !isHeldNow) return shown.stored.id
  const fields = fieldsOf(shown)
  const status = isHeldNow ? ('completed' as const) : fields.status
  return changeShown(db, { scope, shown, reach: 'this', now }, { ...fields, status })
}

async function rowsTelling(db: Reader, { stored, seriesId, occurrence }: Shown): Promise<Id[]> {
  if (seriesId === null) return [stored.id]
  const marks = await marksOf(db, [seriesId])
  const own = marks.filter((mark) => isException(mark) && mark.series_minutes === occurrence)
  return own.length > 0 ? own.map(({ id }) => id) : [0]
}
