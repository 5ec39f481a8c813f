import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader, Writer } from '../../database/database.ts'

/**
 * A moment on the clock that nobody can set: the last one that was written down, and what this program has run since. The
 * wall clock sets it once, when the installation is new; after that it may jump to and fro without shortening a wait.
 */
export type SteadyClock = () => string

export interface Installation {
  /** 64 random bits that nobody is told: two installations that have never met differ in it. */
  code: string
  /** Follows from the code and tells nothing of it. */
  name: string
  steady: SteadyClock
}

export async function openInstallation(database: DatabaseFile, clock: Clock): Promise<Installation> {
  const { code, steadyAt } =
    (await installationOf(database.reader)) ?? (await database.write((db) => newInstallation(db, clock)))
  const [from, startedAt] = [Date.parse(steadyAt), clock.monotonic()]
  const name = createHash('sha256').update(`name ${code}`).digest('hex').slice(0, 12)
  return { code, name, steady: () => new Date(from + Math.floor(clock.monotonic() - startedAt)).toISOString() }
}

/** Written down with every try that counts: after a restart the clock goes on from there, so a wait may become longer. */
export function keepSteady(db: Writer, steady: string) {
  return db.updateTable('local_installation').set({ steady_at: steady }).execute()
}

function installationOf(db: Reader) {
  return db.selectFrom('local_installation').select(['code', 'steady_at as steadyAt']).executeTakeFirst()
}

async function newInstallation(db: Writer, clock: Clock) {
  const made = { code: randomBytes(8).toString('hex'), steadyAt: clock.now().toISOString() }
  await db.insertInto('local_installation').values({ one: 1, code: made.code, steady_at: made.steadyAt }).execute()
  return made
}
