import type { Writer } from '../../../main/database/database.ts'
import { noPassword } from '../../../main/domains/identity/passwords.ts'
import { insertUser } from '../../../main/domains/identity/queries.ts'
import { insertOrganization } from '../../../main/domains/organizations/queries.ts'
import { fillGenerated } from '../../../main/domains/setup/fill.ts'

import type { BenchDevice } from './stage.ts'

/**
 * A centre as large as wanted: three rows for each person, and about seven answers in ten rows. Each of the trainers, named
 * by address, has as many of the people, and as many have nobody.
 */
export async function fillCentre(db: Writer, rows: number, trainers: readonly string[] = []) {
  const at = new Date().toISOString()
  const organizationId = await insertOrganization(db, 'Bench', {}, at)
  const account = { organizationId, role: 'trainer', passwordHash: noPassword } as const
  for (const email of trainers) await insertUser(db, { ...account, email, name: email }, at)
  await fillGenerated(
    db,
    organizationId,
    { people: Math.round(rows / 12), responses: Math.round(rows * 0.69), seed: 1 },
    at,
  )
}

/** The same so many people everywhere, by one write of each; says how many there were. */
export function editPeople({ database, replica }: BenchDevice, people: number, notes: string) {
  return database.write(async () => {
    const edit =
      'UPDATE beneficiaries SET notes = ? || id WHERE id IN (SELECT id FROM beneficiaries ORDER BY id LIMIT ?)'
    return replica.prepared(edit).run(notes, people).changes
  })
}
