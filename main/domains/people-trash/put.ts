import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { reindexAccount } from '../beneficiaries/people-index.ts'
import { fileOf, type PersonFile } from '../beneficiaries/person-file.ts'
import { isRunning } from '../merges/attempts.ts'
import { accountOf, leaveLists } from '../merges/queries.ts'
import { endSessions, setDeleted, trashedPerson } from './queries.ts'

/** Somebody who can be put in the trash. */
export async function removable(db: Reader, scope: Scope, id: Id): Promise<PersonFile> {
  const person = await fileOf(db, scope, id)
  if ((await accountOf(db, person.userId)).role !== 'student') throw new Refusal('conflict', 'trash.isStaff')
  if (await isRunning(db, [id])) throw new Refusal('conflict', 'trash.running')
  return person
}

/** The file alone is marked: all that belongs to the person stays theirs, and is shown nowhere while they are not. */
export async function putInTrash(db: Writer, { id, userId }: PersonFile, by: Id | null, now: string) {
  await setDeleted(db, id, { at: now, by }, now)
  await leaveLists(db, id)
  await endSessions(db, { id, userId })
}

export async function takeOut(db: Writer, scope: Scope, id: Id, now: string) {
  const person = await inTrash(db, scope, id)
  await setDeleted(db, id, null, now)
  await reindexAccount(db, person.userId)
}

/** Somebody out of reach is reported as missing, and so is who is not in the trash. */
export async function inTrash(db: Reader, scope: Scope, id: Id) {
  const person = await trashedPerson(db, scope, id)
  if (!person) throw new Refusal('notFound', 'trash.notFound')
  return person
}
