import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

/** The account of the person whose file a resource belongs to; undefined when it belongs to nobody. */
export async function personOfResource(db: Reader, resource: string, id: Id): Promise<Id | undefined> {
  if (resource === 'users') return id
  if (resource === 'beneficiaries') return personOfBeneficiary(db, id)
  if (resource === 'appointments') return personOfAppointment(db, id)
  if (resource === 'documents') return personOfDocument(db, id)
  if (resource === 'handovers') return personOfHandover(db, id)
  if (resource === 'attempts') return personOfAttempt(db, id)
  if (resource === 'responses') return personOfResponse(db, id)
  return undefined
}

export async function personOfBeneficiary(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db.selectFrom('beneficiaries').select('user_id as person').where('id', '=', id).executeTakeFirst()
  return row?.person ?? undefined
}

async function personOfAppointment(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('appointments')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'appointments.beneficiary_id')
    .select('beneficiaries.user_id as person')
    .where('appointments.id', '=', id)
    .executeTakeFirst()
  return row?.person ?? undefined
}

async function personOfDocument(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('documents')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'documents.beneficiary_id')
    .select('beneficiaries.user_id as person')
    .where('documents.id', '=', id)
    .executeTakeFirst()
  return row?.person ?? undefined
}

async function personOfHandover(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('handovers')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'handovers.beneficiary_id')
    .select('beneficiaries.user_id as person')
    .where('handovers.id', '=', id)
    .executeTakeFirst()
  return row?.person ?? undefined
}

async function personOfAttempt(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('attempts')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'attempts.beneficiary_id')
    .select('beneficiaries.user_id as person')
    .where('attempts.id', '=', id)
    .executeTakeFirst()
  return row?.person ?? undefined
}

async function personOfResponse(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('responses')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'responses.beneficiary_id')
    .select('beneficiaries.user_id as person')
    .where('responses.id', '=', id)
    .executeTakeFirst()
  return row?.person ?? undefined
}
