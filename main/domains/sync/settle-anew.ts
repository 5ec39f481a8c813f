import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { DatabaseFile, Reader, Writer } from '../../database/database.ts'
import { type AttemptRecord, attemptById } from '../delivery/queries.ts'
import { tellOfResult } from '../notifications/learning.ts'
import { setAttemptState } from '../results/queries.ts'
import { settle, workedOut } from '../results/settle.ts'
import { derivedConflicts } from './derived-conflicts.ts'

/** Whoever has not met the centre for longer gets what the others have worked out. */
const lookBackMs = 30 * 24 * 3_600_000

interface SettleAnewOptions {
  database: DatabaseFile
  clock: { now(): Date }
}

/**
 * Works the results out again that do not follow from their answers any more, because several people have graded the same
 * attempt on machines that did not know of each other. Every machine comes to the same, so that they agree at once.
 */
export async function settleAnew({ database, clock }: SettleAnewOptions): Promise<void> {
  const since = new Date(clock.now().getTime() - lookBackMs).toISOString()
  for (const id of await doubtfulAttempts(database.reader, since)) {
    const attempt = await attemptById(database.reader, id)
    if (!attempt || (await isSettled(database.reader, attempt))) continue
    await database.write((db) => settleOne(db, id, clock.now().toISOString()))
  }
}

async function settleOne(db: Writer, id: Id, now: string) {
  const attempt = await attemptById(db, id)
  if (!attempt || (await isSettled(db, attempt))) return
  const state = await settle(db, attempt, now)
  await setAttemptState(db, id, state, now)
  // The learner is told once: by the machine that graded last.
  if (await isGradedHere(db, id)) await tellOfResult(db, attempt, state, now)
}

/** Graded and yet waiting, or with two results of which neither may be right. */
async function doubtfulAttempts(db: Reader, since: string): Promise<Id[]> {
  const { organizationId } = await db
    .selectFrom('sync_state')
    .select('organization_id as organizationId')
    .executeTakeFirstOrThrow()
  const waiting = await db
    .selectFrom('attempts')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'handed_in')
    .where('id', 'in', (eb) => eb.selectFrom('marks').select('attempt_id').where('response_id', 'is not', null))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('responses')
            .select('responses.id')
            .whereRef('responses.attempt_id', '=', 'attempts.id')
            .where('credit', 'is', null),
        ),
      ),
    )
    .execute()
  const disagreed = await db
    .selectFrom('assessment_results')
    .select('attempt_id as id')
    .where('id', 'in', derivedConflicts(db, organizationId, since))
    .execute()
  return [...new Set([...waiting, ...disagreed].flatMap(({ id }) => id ?? []))]
}

async function isSettled(db: Reader, attempt: AttemptRecord): Promise<boolean> {
  if (attempt.submittedAt === null) return true
  const { state, result } = await workedOut(db, attempt)
  const stored = await db
    .selectFrom('assessment_results')
    .select(['score', 'max_score as maxScore', 'percentage', 'passed'])
    .where('attempt_id', '=', attempt.id)
    .executeTakeFirst()
  if (!stored) return true
  const { score, maxScore, percentage, passed } = result
  const isSame =
    stored.score === score &&
    stored.maxScore === maxScore &&
    stored.percentage === percentage &&
    stored.passed === passed
  return isSame && attempt.state === state
}

async function isGradedHere(db: Reader, attemptId: Id): Promise<boolean> {
  const last = await db
    .selectFrom('marks')
    .select(sql<number>`marks.id / 4294967296 = (select site from local_site)`.as('isHere'))
    .where('attempt_id', '=', attemptId)
    .orderBy('created_at', 'desc')
    .orderBy('marks.id', 'desc')
    .executeTakeFirst()
  return last?.isHere === 1
}
