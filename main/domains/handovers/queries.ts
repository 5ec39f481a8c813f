import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { HandoverState } from '../../../shared/contract/handovers.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'

/** Offered to this trainer, or about people within reach. */
export function openHandovers(db: Reader, scope: Scope) {
  return within(db, scope).where('handovers.status', '=', 'open').orderBy('handovers.id', 'desc').limit(200).execute()
}

export function handoversOf(db: Reader, scope: Scope, beneficiaryId: Id) {
  return within(db, scope)
    .where('handovers.beneficiary_id', '=', beneficiaryId)
    .orderBy('handovers.id', 'desc')
    .limit(50)
    .execute()
}

export function handoverOf(db: Reader, scope: Scope, id: Id) {
  return within(db, scope).where('handovers.id', '=', id).executeTakeFirst()
}

function within(db: Reader, scope: Scope) {
  const { organizationId, trainerId } = scope
  return db
    .selectFrom('handovers')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'handovers.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('users as givers', 'givers.id', 'handovers.from_trainer_id')
    .leftJoin('users as receivers', 'receivers.id', 'handovers.to_trainer_id')
    .select((eb) => [
      'handovers.id',
      'handovers.beneficiary_id as beneficiaryId',
      'users.name as beneficiaryName',
      'givers.name as fromName',
      'handovers.from_trainer_id as fromTrainerId',
      'handovers.offered_by as offeredBy',
      'handovers.to_trainer_id as toTrainerId',
      'receivers.name as toName',
      eb.fn.coalesce('handovers.note', eb.val('')).as('note'),
      eb.fn.coalesce('handovers.reply', eb.val('')).as('reply'),
      'handovers.status',
      'handovers.created_at as createdAt',
      'handovers.decided_at as decidedAt',
      'beneficiaries.trainer_id as trainerId',
    ])
    .where('handovers.organization_id', '=', organizationId)
    .where('beneficiaries.deleted_at', 'is', null)
    .where((eb) =>
      trainerId === null
        ? sql<boolean>`true`
        : eb.or([
            eb('handovers.to_trainer_id', '=', trainerId),
            eb(reachesLearner(scope, 'handovers.beneficiary_id'), '=', sql<boolean>`true`),
          ]),
    )
    .$narrowType<{ status: HandoverState }>()
}

interface NewHandover {
  organizationId: Id
  beneficiaryId: Id
  fromTrainerId: Id | null
  toTrainerId: Id
  offeredBy: Id | null
  note: string
}

export async function insertHandover(db: Writer, offer: NewHandover, now: string) {
  const id = await mintId(db, 'handovers')
  await db
    .insertInto('handovers')
    .values({
      id,
      organization_id: offer.organizationId,
      beneficiary_id: offer.beneficiaryId,
      from_trainer_id: offer.fromTrainerId,
      to_trainer_id: offer.toTrainerId,
      offered_by: offer.offeredBy,
      note: offer.note || null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

export function decideHandover(
  db: Writer,
  id: Id,
  { status, reply = '' }: { status: HandoverState; reply?: string },
  now: string,
) {
  return db
    .updateTable('handovers')
    .set({ status, reply: reply || null, decided_at: now, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function giveTo(db: Writer, beneficiaryId: Id, trainerId: Id | null, now: string) {
  return db
    .updateTable('beneficiaries')
    .set({ trainer_id: trainerId, updated_at: now })
    .where('id', '=', beneficiaryId)
    .execute()
}
