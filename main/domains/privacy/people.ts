import type { Id } from '../../../shared/contract/base.ts'
import type { PersonRef } from '../../../shared/contract/privacy.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { changeable } from '../identity/colleagues.ts'
import { isErased, userById } from '../identity/queries.ts'
import { trashedPerson } from '../people-trash/queries.ts'

interface Person {
  userId: Id
  name: string
  isStaff: boolean
}

/** Somebody within reach of the caller who was not erased; anybody else is reported as missing. */
export async function personOf(db: Reader, actor: Actor, ref: PersonRef): Promise<Person> {
  if ('beneficiaryId' in ref) {
    const { beneficiaryId } = ref
    const scope = scopeOf(actor)
    // What the law gives people of their data holds in the trash as well.
    const person = (await beneficiaryOf(db, scope, beneficiaryId)) ?? (await trashedPerson(db, scope, beneficiaryId))
    if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
    return { userId: person.userId, name: person.name, isStaff: false }
  }
  const user = await userById(db, ref.userId)
  const isHere = user && user.role !== 'student' && user.organizationId === organizationOf(actor)
  if (!isHere || (await isErased(db, ref.userId))) throw new Refusal('notFound', 'user.notFound')
  return { userId: user.id, name: user.name, isStaff: true }
}

/** What a colleague’s account needs beside being there: the caller may change it, and it is not their own. */
export async function refuseOwnAccount(db: Reader, actor: Actor, person: Person) {
  if (!person.isStaff) return
  await changeable(db, actor, person.userId)
  if (person.userId === actor.userId) throw new Refusal('conflict', 'privacy.notYourself')
}
