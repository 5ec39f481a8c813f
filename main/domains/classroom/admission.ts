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

type Person = { beneficiaryId: Id; name: string }

/** Who may sit at the devices of a room that was opened for a group, with as much of their names as its network may see. */
export async function groupRoster(db: Reader, { organizationId, groupId }: ClassroomRecord, search: string) {
  if (groupId === null) return undefined
  const words = fold(search).split(' ')
  const members = await membersOf(db, organizationId, groupId)
  return shortNames(members.filter(({ name }) => words.every((word) => fold(name).includes(word))))
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
