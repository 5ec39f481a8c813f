import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'

/** Stands for nobody: what grows old in the log is taken out of everybody’s lines. */
export const theLogAlone = 0

/** The triggers that hold the log and the consents let go of this person’s while `work` runs, and of nothing afterwards. */
export async function whileRunning(db: Writer, person: Id, work: () => Promise<void>) {
  await db.insertInto('erasures_running').values({ person_id: person }).execute()
  await work()
  await db.deleteFrom('erasures_running').where('person_id', '=', person).execute()
}
