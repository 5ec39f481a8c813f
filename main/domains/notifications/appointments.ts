import type { Appointment } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { forget, isToldOf, notify, unreadAbout } from './notify.ts'

/** What those concerned are told of an appointment; null: it is not there. */
export type Version = Pick<
  Appointment,
  | 'title'
  | 'startTime'
  | 'endTime'
  | 'location'
  | 'type'
  | 'status'
  | 'description'
  | 'trainerId'
  | 'beneficiaryId'
  | 'groupId'
>

interface Change {
  organizationId: Id
  appointmentId: Id
  /** Who did it, and knows. */
  by: Id | null
  before: Version | null
  after: Version | null
}

interface Near {
  organizationId: Id
  appointmentId: Id
  occurrence: number | null
  startTime: string
}

/** Reminds the trainer, the learner and the members of the group of what begins soon; whoever has been reminded knows. */
export async function remindOf(db: Writer, { organizationId, ...near }: Near, version: Version, now: string) {
  const data = { ...near, news: 'soon' as const }
  const userIds: Id[] = []
  for (const userId of await peopleOf(db, version)) {
    if (!(await isToldOf(db, userId, data))) userIds.push(userId)
  }
  await notify(db, { organizationId, userIds, type: 'appointment', data }, now)
}

type Told = 'made' | 'changed' | 'cancelled'

/** Tells the trainer and the learner of an appointment what became of it, each once however often it changes. */
export async function tellOfAppointment(db: Writer, change: Change, now: string) {
  const [was, is] = [await peopleOf(db, change.before), await peopleOf(db, change.after)]
  for (const userId of new Set([...was, ...is])) {
    if (userId === change.by) continue
    const told = newsFor({
      before: was.has(userId) ? change.before : null,
      after: is.has(userId) ? change.after : null,
    })
    if (told) await tell(db, { ...change, userId }, told, now)
  }
}

async function tell(
  db: Writer,
  { organizationId, appointmentId, before, after, userId }: Change & { userId: Id },
  told: Told,
  now: string,
) {
  const { startTime, endTime } = after ?? before ?? { startTime: now, endTime: now }
  const waiting = await unreadAbout(db, userId, 'appointment', 'appointmentId', appointmentId)
  await forget(
    db,
    waiting.map(({ id }) => id),
  )
  const isUnknown = waiting.some(({ data }) => Object(data).news === 'made')
  // What somebody has never heard of need not be called off, and what is over concerns nobody.
  if ((isUnknown && told === 'cancelled') || endTime <= now) return
  const news = isUnknown ? 'made' : told
  await notify(
    db,
    { organizationId, userIds: [userId], type: 'appointment', data: { appointmentId, news, startTime } },
    now,
  )
}

function newsFor({ before, after }: Pick<Change, 'before' | 'after'>): Told | undefined {
  const [was, is] = [isOn(before), isOn(after)]
  if (!was && is) return 'made'
  if (was && !is) return after?.status === 'completed' ? undefined : 'cancelled'
  if (!before || !after || !is) return undefined
  return visible.some((field) => before[field] !== after[field]) ? 'changed' : undefined
}

const isOn = (version: Version | null) => version?.status === 'scheduled'

/** Notes are the staff's, and who else is there is no change for the others. */
const visible = ['title', 'startTime', 'endTime', 'location', 'type', 'description'] as const

async function peopleOf(db: Reader, version: Version | null): Promise<Set<Id>> {
  if (!version) return new Set()
  const learner =
    version.beneficiaryId === null
      ? undefined
      : await db
          .selectFrom('beneficiaries')
          .select('user_id as userId')
          .where('id', '=', version.beneficiaryId)
          .executeTakeFirst()
  const members = version.groupId === null ? [] : await membersOf(db, version.groupId)
  return new Set([version.trainerId, learner?.userId ?? null, ...members].filter((id) => id !== null))
}

async function membersOf(db: Reader, groupId: Id): Promise<Id[]> {
  const found = await db
    .selectFrom('group_members')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'group_members.beneficiary_id')
    .select('beneficiaries.user_id as userId')
    .where('group_members.group_id', '=', groupId)
    .where('beneficiaries.status', '=', 'active')
    .where('beneficiaries.deleted_at', 'is', null)
    .execute()
  return found.flatMap(({ userId }) => userId ?? [])
}
