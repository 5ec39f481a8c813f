import type { Writer } from '../../database/database.ts'
import { insertUser } from '../identity/queries.ts'
import { insertOrganization, setAdmin } from '../organizations/queries.ts'

/** Anybody may know it: nothing in a practice centre is real. */
export const practicePassword = 'practice'
export const practiceEmail = 'trainer@practice.example'

/** Writes the practice centre down; returns who works there. */
export async function fillPracticeCentre(db: Writer, { passwordHash }: { passwordHash: string }, now: string) {
  const organizationId = await insertOrganization(db, 'Practice Centre', { practice: true }, now)
  const trainer = { organizationId, name: 'Amina Haddad', email: practiceEmail, role: 'admin' as const, passwordHash }
  const trainerId = await insertUser(db, trainer, now)
  await setAdmin(db, organizationId, trainerId)
  return { organizationId, trainerId }
}
