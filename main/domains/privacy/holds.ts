import type { Id } from '../../../shared/contract/base.ts'
import type { LegalHold, PersonRef } from '../../../shared/contract/privacy.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { fileNumber } from '../beneficiaries/queries.ts'
import { personOf } from './people.ts'

/** Those that last first, then the newest. */
export async function holds({ db, actor }: ReadContext): Promise<LegalHold[]> {
  const rows = await db
    .selectFrom('legal_holds')
    .innerJoin('users as people', 'people.id', 'legal_holds.person_id')
    .leftJoin('beneficiaries', 'beneficiaries.user_id', 'people.id')
    .leftJoin('profiles', 'profiles.user_id', 'people.id')
    .leftJoin('users as trainers', 'trainers.id', 'beneficiaries.trainer_id')
    .leftJoin('users as placers', 'placers.id', 'legal_holds.placed_by')
    .leftJoin('users as lifters', 'lifters.id', 'legal_holds.lifted_by')
    .select([
      'legal_holds.id',
      'person_id as personId',
      'people.name',
      'profiles.date_of_birth as dateOfBirth',
      fileNumber.as('number'),
      'trainers.name as trainerName',
      'profiles.city',
      'reason',
      'placed_at as placedAt',
      'placers.name as placedBy',
      'lifted_at as liftedAt',
      'lifters.name as liftedBy',
    ])
    .where('legal_holds.organization_id', '=', organizationOf(actor))
    .orderBy((eb) => eb('lifted_at', 'is not', null))
    .orderBy('placed_at', 'desc')
    .execute()
  return rows.map(({ personId, name, dateOfBirth, number, trainerName, city, ...hold }) => ({
    ...hold,
    person: { id: personId, name, dateOfBirth, number, trainerName, city },
  }))
}

export async function placeHold(
  { db, actor, now, about }: WriteContext,
  { person, reason }: { person: PersonRef; reason: string },
) {
  const { userId } = await personOf(db, actor, person)
  if (await activeHold(db, userId)) throw new Refusal('conflict', 'privacy.isHeldAlready')
  const id = await mintId(db, 'legal_holds')
  await db
    .insertInto('legal_holds')
    .values({
      id,
      organization_id: organizationOf(actor),
      person_id: userId,
      reason,
      placed_by: actor.userId,
      placed_at: now,
    })
    .execute()
  about(userId)
  return { id }
}

export async function liftHold({ db, actor, now, about }: WriteContext, { id }: { id: Id }) {
  const hold = await db
    .selectFrom('legal_holds')
    .select(['person_id as personId', 'lifted_at as liftedAt'])
    .where('id', '=', id)
    .where('organization_id', '=', organizationOf(actor))
    .executeTakeFirst()
  if (!hold) throw new Refusal('notFound', 'privacy.holdNotFound')
  if (hold.liftedAt !== null) throw new Refusal('conflict', 'privacy.holdLifted')
  await db.updateTable('legal_holds').set({ lifted_by: actor.userId, lifted_at: now }).where('id', '=', id).execute()
  about(hold.personId)
  return {}
}

export function activeHold(db: Reader, personId: Id) {
  return db
    .selectFrom('legal_holds')
    .leftJoin('users', 'users.id', 'legal_holds.placed_by')
    .select(['reason', 'placed_at as placedAt', 'users.name as placedBy'])
    .where('person_id', '=', personId)
    .where('lifted_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
}

/** Nothing of a person who is held goes, whoever asks. */
export async function refuseHeld(db: Reader, personId: Id) {
  const hold = await activeHold(db, personId)
  if (hold) throw new Refusal('conflict', 'privacy.held', { reason: hold.reason })
}
