import { fold } from '../../shared/fold.ts'
import type { Replica } from './replica.ts'
import type { SyncTable } from './schema.ts'
import type { RowState } from './state.ts'

export interface Derived {
  touched(table: SyncTable, state: RowState): void
  /** Brings what follows from the touched rows up to date, in the same transaction. */
  write(): void
}

/** What the database derives from rows for itself: the list of people. */
export function derivedOf({ prepared }: Replica): Derived {
  const [accounts, files] = [new Set<number>(), new Set<number>()]
  const people = `SELECT b.id, b.organization_id AS organizationId, b.trainer_id AS trainerId, b.status, u.name
    FROM beneficiaries b JOIN users u ON u.id = b.user_id WHERE`

  function index(rows: Person[]) {
    for (const { id, organizationId, trainerId, status, name } of rows) {
      prepared(`INSERT INTO people_index (beneficiary_id, organization_id, trainer_id, status, sort_name)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (beneficiary_id) DO UPDATE SET sort_name = excluded.sort_name WHERE sort_name != excluded.sort_name`).run(
        id,
        organizationId,
        trainerId,
        status,
        fold(name),
      )
    }
  }

  return {
    touched({ name }, { id }) {
      if (name === 'users') accounts.add(id)
      if (name === 'beneficiaries') files.add(id)
    },
    write() {
      for (const id of files) index(prepared<Person>(`${people} b.id = ?`).all(id))
      for (const id of accounts) index(prepared<Person>(`${people} b.user_id = ?`).all(id))
    },
  }
}

interface Person {
  id: number
  organizationId: number
  trainerId: number | null
  status: string
  name: string
}
