import type { LogCheck } from '../../../shared/contract/activity.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader, Writer } from '../../database/database.ts'
import { recordError } from '../monitoring/record-error.ts'
import { chainsOf } from './queries.ts'
import { verifyChain } from './verify.ts'

/** As many lines as a busy week has; verified within a few milliseconds. */
const tail = 500
const week = 7 * 24 * 3_600_000

/** The activity log is not what was written: somebody or something altered it around BDC. */
export class LogAltered extends Error {
  override name = 'LogAltered'
}

/**
 * At every start the newest lines of each organization, and all of them when the last whole check is a week old. What is
 * found is kept, and shown to administrators; nobody is kept from working.
 */
export async function checkLogs(core: { database: DatabaseFile; clock: Clock }): Promise<void> {
  const { database } = core
  for (const chain of await chainsOf(database.reader)) {
    const check = await checkChain(core, chain, (await isDue(core, chain)) ? 'whole' : 'tail')
    await database.write((db) => keepCheck(db, chain, check))
  }
}

interface Verifying {
  database: DatabaseFile
  clock: Clock
  onFailure: (error: unknown) => Promise<unknown>
  everyMs?: number
}

/**
 * Looks once an hour whether all lines are due to be verified, for a program that runs for weeks. Returns what stops it,
 * once what is under way has ended.
 */
export function keepVerifying({ database, clock, onFailure, everyMs = 3_600_000 }: Verifying): () => Promise<void> {
  let isStopped = false
  let running = Promise.resolve<unknown>(undefined)
  let timer = setTimeout(look, everyMs).unref()
  function look() {
    running = verifyWhereDue({ database, clock })
      .catch(onFailure)
      .finally(() => {
        if (!isStopped) timer = setTimeout(look, everyMs).unref()
      })
  }
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}

async function verifyWhereDue(core: { database: DatabaseFile; clock: Clock }) {
  const { database } = core
  for (const chain of await chainsOf(database.reader)) {
    if (!(await isDue(core, chain))) continue
    const check = await checkChain(core, chain, 'whole')
    await database.write((db) => keepCheck(db, chain, check))
  }
}

/** A check in the future, from before the clock was set back, is as good as none. */
async function isDue({ database, clock }: { database: DatabaseFile; clock: Clock }, chain: Id): Promise<boolean> {
  const last = await lastCheck(database.reader, chain, 'whole')
  return !last || Math.abs(clock.now().getTime() - Date.parse(last.checkedAt)) >= week
}

export async function checkChain(
  core: { database: DatabaseFile; clock: Clock },
  chain: Id,
  extent: LogCheck['extent'],
): Promise<LogCheck> {
  const { database, clock } = core
  const { lines, problem } = await verifyChain(
    database.reader,
    database.auditKey,
    chain,
    extent === 'tail' ? { last: tail } : {},
  )
  if (problem) {
    const context = { kind: problem.kind, sequence: problem.sequence, activity: problem.activityId }
    const organizationId = chain === 0 ? null : chain
    await recordError(core, {
      error: new LogAltered(),
      place: 'activity.verify',
      severity: 'critical',
      organizationId,
      context,
    })
  }
  return { extent, lines, problem, checkedAt: clock.now().toISOString() }
}

export function keepCheck(db: Writer, chain: Id, { extent, lines, problem, checkedAt }: LogCheck) {
  const found = { lines, problem: problem && JSON.stringify(problem), checked_at: checkedAt }
  return db
    .insertInto('activity_checks')
    .values({ chain, extent, ...found })
    .onConflict((conflict) => conflict.columns(['chain', 'extent']).doUpdateSet(found))
    .execute()
}

export async function lastCheck(db: Reader, chain: Id, extent: LogCheck['extent']): Promise<LogCheck | null> {
  const row = await db
    .selectFrom('activity_checks')
    .select(['extent', 'lines', 'problem', 'checked_at as checkedAt'])
    .where('chain', '=', chain)
    .where('extent', '=', extent)
    .executeTakeFirst()
  return row ? { ...row, problem: row.problem && JSON.parse(row.problem) } : null
}
