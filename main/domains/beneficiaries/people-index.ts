import type { Id } from '../../../shared/contract/base.ts'
import { fold } from '../../../shared/fold.ts'
import type { Writer } from '../../database/database.ts'

interface IndexedPerson {
  beneficiaryId: Id
  organizationId: Id
  trainerId: Id | null
  status: string
  name: string
}

/** Puts a person where the list finds them; whoever inserts a beneficiary or changes a name calls this in the same write. */
export function indexPerson(db: Writer, person: IndexedPerson) {
  const sortName = fold(person.name)
  return db
    .insertInto('people_index')
    .values({
      beneficiary_id: person.beneficiaryId,
      organization_id: person.organizationId,
      trainer_id: person.trainerId,
      status: person.status,
      sort_name: sortName,
    })
    .onConflict((conflict) => conflict.column('beneficiary_id').doUpdateSet({ sort_name: sortName }))
    .execute()
}
