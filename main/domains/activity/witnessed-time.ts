import type { Reader } from '../../database/database.ts'

/** A clock that is wrong for a day or two throws nothing away. */
const daysOfUse = 3
const dayMs = 86_400_000

/** What can be taken back in time on another computer of a centre has so many days more to arrive. */
export const daysOfGrace = 30

/**
 * So many days before the time by which what was removed goes for good: the beginning of the last day but two on which
 * something happened here, as the log has it. A clock that somebody sets years ahead says that every trash is due at once; this
 * says so only once the computer has been used for days. Undefined while there are not as many.
 */
export async function witnessedBefore(db: Reader, now: Date, days: number): Promise<string | undefined> {
  let before = new Date(now.getTime() + 1).toISOString()
  for (let count = 0; count < daysOfUse; count += 1) {
    const latest = await latestBefore(db, before)
    if (latest === undefined) return undefined
    before = `${latest.slice(0, 10)}T00:00:00.000Z`
  }
  return new Date(Date.parse(before) - days * dayMs).toISOString()
}

/** Asked of each organization by itself, which the index answers at once. */
async function latestBefore(db: Reader, before: string): Promise<string | undefined> {
  const organizations = await db.selectFrom('organizations').select('id').execute()
  const times: string[] = []
  for (const { id } of organizations) {
    const found = await db
      .selectFrom('activity_logs')
      .select((eb) => eb.fn.max('created_at').as('latest'))
      .where('organization_id', '=', id)
      .where('created_at', '<', before)
      .executeTakeFirst()
    if (found?.latest) times.push(found.latest)
  }
  return times.toSorted().at(-1)
}
