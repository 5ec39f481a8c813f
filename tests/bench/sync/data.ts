import type { Writer } from '../../../main/database/database.ts'
import { insertOrganization } from '../../../main/domains/organizations/queries.ts'
import { fillGenerated } from '../../../main/domains/setup/fill.ts'

import type { BenchDevice } from './stage.ts'
/** A centre as large as wanted: three rows for each person, and about seven answers in ten rows. */
export async function fillCentre(db: Writer, rows: number) {
  const at = new Date().toISOString()
  const organizationId = await insertOrganization(db, 'Bench', {}, at)
  await fillGenerated(
    db,
    organizationId,
    { people: Math.round(rows / 12), responses: Math.round(rows * 0.69), seed: 1 },
    at,
  )
}

/** The same so many people everywhere, by one write of each. */
export function editPeople({ database, replica }: BenchDevice, people: number, notes: string) {
  return database.write(async () => {
    replica
      .prepared(
        'UPDATE beneficiaries SET notes = ? || id WHERE id IN (SELECT id FROM beneficiaries ORDER BY id LIMIT ?)',
      )
      .run(notes, people)
  })
}
