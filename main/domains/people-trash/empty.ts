import type { Id } from '../../../shared/contract/base.ts'
import { trashDays } from '../../../shared/contract/people-trash.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader } from '../../database/database.ts'
import { logOfItself } from '../activity/log-of-itself.ts'
import { daysOfGrace, witnessedBefore } from '../activity/witnessed-time.ts'
import { isRunning } from '../merges/attempts.ts'
import { type ErasureOrder, erasePerson } from '../privacy/erase.ts'
import { finishErasure } from '../privacy/finish-erasure.ts'
import { dueIn } from './queries.ts'

/**
 * Erases who was put in the trash more than a month ago, by the same order as when somebody says so: no backup and no other
 * computer brings them back. What a legal hold keeps stays. One person at a time; killed anywhere, the next run goes on.
 */
export async function emptyPeopleTrash({ database, clock }: { database: DatabaseFile; clock: Clock }) {
  const place = await database.reader.selectFrom('sync_state').select('scope').executeTakeFirst()
  // A trainer's laptop and a kiosk hear of an erasure; they never order one.
  if (place && place.scope !== 'organization') return
  const now = clock.now()
  const days = trashDays + (place ? daysOfGrace : 0)
  const before = await witnessedBefore(database.reader, now, days)
  if (!before) return
  for (const { id } of await dueIn(database.reader, before)) {
    for (const order of await eraseOne(database, { id, before, now: now.toISOString() })) finishErasure(database, order)
  }
}

interface Due {
  id: Id
  before: string
  now: string
}

function eraseOne(database: DatabaseFile, { id, before, now }: Due): Promise<ErasureOrder[]> {
  return database.write(async (db) => {
    const person = await stillDue(db, before, id)
    if (!person) return []
    const { userId, organizationId } = person
    const orders = await erasePerson(db, database.auditKey, {
      personId: userId,
      organizationId,
      erasedBy: null,
      erasedAt: now,
    })
    await logOfItself(db, database.auditKey, {
      organizationId,
      action: 'peopleTrash.empty',
      resource: 'users',
      resourceId: userId,
      now,
    })
    return orders
  })
}

async function stillDue(db: Reader, before: string, id: Id) {
  const [person] = await dueIn(db, before, id)
  return person && !(await isRunning(db, [id])) ? person : undefined
}
