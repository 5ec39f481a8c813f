import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { Reader } from '../../database/database.ts'
import { type ClassroomRecord, membersOf, openClassroomById } from './queries.ts'
import { shortNames } from './short-name.ts'

/** The room that the caller's device was let into; undefined for every other screen. */
export async function roomOfActor(db: Reader, actor: Actor): Promise<ClassroomRecord | undefined> {
  if (actor.classroomId === null) return undefined
  const room = await openClassroomById(db, actor.classroomId)
  if (!room) throw new Refusal('conflict', 'classroom.notOpen')
  return room
}

interface SomeAttempt {
  assessmentId: Id
  state: string
  submittedAt: string | null
}

/** A device of the room sees what the room is for: not what its learner has done elsewhere or before. */
export function isOfRoom({ assessmentIds, startedAt }: ClassroomRecord, attempt: SomeAttempt): boolean {
  const isNow = attempt.state === 'running' || (attempt.submittedAt ?? '') >= startedAt
  return isNow && assessmentIds.includes(attempt.assessmentId)
}

/** Whole names where nobody can read along; otherwise as much as tells people apart. */
export function namesIn<T extends { name: string }>({ place }: ClassroomRecord, people: readonly T[]): T[] {
  return place.security === 'encrypted' ? [...people] : shortNames(people)
}

type Person = { beneficiaryId: Id; name: string }

/** Who may sit at the devices of a room that was opened for a group, with as much of their names as its network may see. */
export async function groupRoster(db: Reader, room: ClassroomRecord, search: string) {
  const { organizationId, groupId } = room
  if (groupId === null) return undefined
  const words = fold(search).split(' ')
  const members = await membersOf(db, organizationId, groupId)
  const found = members.filter(({ name }) => words.every((word) => fold(name).includes(word)))
  return namesIn(room, found)
}

export async function refuseStranger(
  db: Reader,
  { organizationId, groupId }: ClassroomRecord,
  { beneficiaryId }: Pick<Person, 'beneficiaryId'>,
) {
  if (groupId === null) return
  const members = await membersOf(db, organizationId, groupId)
  if (!members.some((member) => member.beneficiaryId === beneficiaryId)) {
    throw new Refusal('notFound', 'beneficiary.notFound')
  }
}
