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

/** Puts people where the list finds them; whoever inserts beneficiaries or changes a name calls this in the same write. */
export function indexPeople(db: Writer, people: readonly IndexedPerson[]) {
  return db
    .insertInto('people_index')
    .values(
      people.map((person) => ({
        beneficiary_id: person.beneficiaryId,
        organization_id: person.organizationId,
        trainer_id: person.trainerId,
        status: person.status,
        sort_name: fold(person.name),
      })),
    )
    .onConflict((conflict) =>
      conflict.column('beneficiary_id').doUpdateSet({ sort_name: (eb) => eb.ref('excluded.sort_name') }),
    )
    .execute()
}
