import type { Id } from '../../../shared/contract/base.ts'
import type { ReceiptCheck, Whose } from '../../../shared/contract/supervision.ts'
import { readReceiptCode } from '../../../shared/receipt.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { assessmentById } from '../assessments/queries.ts'
import { type ExamClock, isTimeUp } from '../delivery/exam-clock.ts'
import { handInAttempt } from '../delivery/hand-in.ts'
import { incidentsOf, insertIncident } from '../delivery/incidents.ts'
import { type AttemptRecord, attemptById } from '../delivery/queries.ts'
import { supervisedAttempt } from '../delivery/reach.ts'
import { digestOfAnswers, receiptByCode, receiptOf } from '../delivery/receipts.ts'
import { codeLifetimeMs, freeSeat, newSeatCode, setSeatCode } from '../delivery/seats.ts'
import { addTime, deleteResult, hasRunning, runningAttempts, setPaused, setRunning } from './queries.ts'

export async function incidents({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  const attempt = await known(db, actor, attemptId)
  return incidentsOf(db, attempt.organizationId, attemptId)
}

export async function giveTime({ db, actor, now, about }: WriteContext, input: Whose & { minutes: number }) {
  const organizationId = organizationOf(actor)
  const lostMs = input.minutes * 60_000
  const running = await runningOf(db, actor, input)
  const limited = running.filter(({ timeLimitMs }) => timeLimitMs !== null)
  for (const { id } of limited) {
    await addTime(db, id, lostMs)
    await insertIncident(db, { organizationId, attemptId: id, kind: 'extra_time', lostMs, userId: actor.userId }, now)
  }
  about(subjectOf(input), { minutes: input.minutes, attempts: limited.length })
  return { attempts: limited.length }
}

export async function pause({ db, actor, now, about }: WriteContext, whose: Whose) {
  const unpaused = (await runningOf(db, actor, whose)).filter(({ pausedAt }) => pausedAt === null)
  for (const { id } of unpaused) await setPaused(db, id, now, now)
  about(subjectOf(whose), { attempts: unpaused.length })
  return { attempts: unpaused.length }
}

export async function resume({ db, actor, now, about }: WriteContext, whose: Whose) {
  const organizationId = organizationOf(actor)
  const paused = (await runningOf(db, actor, whose)).filter(({ pausedAt }) => pausedAt !== null)
  for (const { id, pausedAt } of paused) {
    await setPaused(db, id, null, now)
    const lostMs = Math.max(0, Date.parse(now) - Date.parse(pausedAt ?? now))
    await insertIncident(db, { organizationId, attemptId: id, kind: 'paused', lostMs, userId: actor.userId }, now)
  }
  about(subjectOf(whose), { attempts: paused.length })
  return { attempts: paused.length }
}

export async function reopen(
  { db, actor, now, about }: WriteContext,
  { attemptId, reason, minutes }: { attemptId: Id; reason: string; minutes: number },
) {
  const attempt = await known(db, actor, attemptId)
  if (attempt.state === 'running') throw new Refusal('conflict', 'attempt.stillRunning')
  if (await hasRunning(db, attempt)) throw new Refusal('conflict', 'attempt.alreadyRunning')
  if (minutes === 0 && isTimeUp(attempt)) throw new Refusal('conflict', 'attempt.noTimeLeft')

  await addTime(db, attemptId, minutes * 60_000)
  await setRunning(db, attemptId, now)
  await deleteResult(db, attemptId)
  await freeSeat(db, attemptId)
  const { organizationId } = attempt
  const lostMs = minutes * 60_000
  await insertIncident(db, { organizationId, attemptId, kind: 'reopened', reason, lostMs, userId: actor.userId }, now)
  about(attemptId, { minutes })
  return {}
}

export async function moveCode({ db, actor, now, about }: WriteContext, { attemptId }: { attemptId: Id }) {
  const attempt = await known(db, actor, attemptId)
  if (attempt.state !== 'running') throw new Refusal('conflict', 'attempt.notRunning')
  const code = newSeatCode()
  const expiresAt = new Date(Date.parse(now) + codeLifetimeMs).toISOString()
  await setSeatCode(db, attemptId, { code, expiresAt })
  about(attemptId)
  return { code, expiresAt }
}

export async function releaseSeat({ db, actor, now, about }: WriteContext, { attemptId }: { attemptId: Id }) {
  const { organizationId } = await known(db, actor, attemptId)
  await freeSeat(db, attemptId)
  await insertIncident(db, { organizationId, attemptId, kind: 'released', userId: actor.userId }, now)
  about(attemptId)
  return {}
}

export async function checkReceipt({ db, actor }: ReadContext, { code }: { code: string }): Promise<ReceiptCheck> {
  const read = readReceiptCode(code)
  const receipt = read && (await receiptByCode(db, scopeOf(actor), read))
  const attempt = receipt && (await attemptById(db, receipt.attemptId))
  if (!receipt || !attempt) return { verdict: 'unknown' }

  const { attemptId, beneficiaryName, handedInAt } = receipt
  const found = { code: receipt.code, attemptId, beneficiaryName, handedInAt, title: attempt.title }
  const isLatest = (await receiptOf(db, attemptId))?.id === receipt.id && attempt.state !== 'running'
  if (!isLatest) return { verdict: 'superseded', ...found }
  const isSame = (await digestOfAnswers(db, attempt, attempt.submittedAt ?? '')) === receipt.digest
  return { verdict: isSame ? 'matches' : 'changed', ...found }
}

/** The calls that stop an exam clock. */
export function endingHandlers(clock: ExamClock) {
  return {
    async end({ db, actor, now, about }: WriteContext, { attemptId, reason }: { attemptId: Id; reason: string }) {
      const attempt = await known(db, actor, attemptId)
      if (attempt.state !== 'running') throw new Refusal('conflict', 'attempt.notRunning')
      const state = await handInAttempt(db, attempt, { mustBeComplete: false }, now)
      clock.stop(attemptId)
      const { organizationId } = attempt
      await insertIncident(db, { organizationId, attemptId, kind: 'ended', reason, userId: actor.userId }, now)
      about(attemptId, { state })
      return { state }
    },
  }
}

/** An attempt out of reach is reported as missing, so that ids cannot be probed. */
async function known(db: Reader, actor: Actor, attemptId: Id): Promise<AttemptRecord> {
  const attempt = await supervisedAttempt(db, scopeOf(actor), attemptId)
  if (!attempt) throw new Refusal('notFound', 'attempt.notFound')
  return attempt
}

async function runningOf(db: Reader, actor: Actor, whose: Whose) {
  const scope = scopeOf(actor)
  if ('attemptId' in whose) {
    const { state } = await known(db, actor, whose.attemptId)
    if (state !== 'running') throw new Refusal('conflict', 'attempt.notRunning')
  } else if (!(await assessmentById(db, scope, whose.assessmentId))) {
    throw new Refusal('notFound', 'assessment.notFound')
  }
  return runningAttempts(db, scope, whose)
}

function subjectOf(whose: Whose): Id {
  return 'attemptId' in whose ? whose.attemptId : whose.assessmentId
}
