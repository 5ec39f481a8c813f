import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

/** Rows that name the learner they are about. */
const ofLearners = ['appointments', 'documents', 'handovers', 'goals', 'person_links', 'attempts', 'responses'] as const

/** The account of the person whose file a resource belongs to; undefined when it belongs to nobody. */
export async function personOfResource(db: Reader, resource: string, id: Id): Promise<Id | undefined> {
  if (resource === 'users') return id
  if (resource === 'beneficiaries') return personOfBeneficiary(db, id)
  const table = ofLearners.find((name) => name === resource)
  if (!table) return undefined
  const row = await db.selectFrom(table).select('beneficiary_id as learner').where('id', '=', id).executeTakeFirst()
  return row?.learner == null ? undefined : personOfBeneficiary(db, row.learner)
}

export async function personOfBeneficiary(db: Reader, id: Id): Promise<Id | undefined> {
  const row = await db.selectFrom('beneficiaries').select('user_id as person').where('id', '=', id).executeTakeFirst()
  return row?.person ?? undefined
}
