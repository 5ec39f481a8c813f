import type { Id } from '../../../shared/contract/base.ts'
import type { EditOfAnswer, SaveAnswer } from '../../../shared/contract/delivery.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, learnerOf } from '../../actor.ts'
import type { WriteContext } from '../../context.ts'
import type { Writer } from '../../database/database.ts'
import { type ExamClock, isGraceOver, isTimeUp, remainingMs, type Tick } from './exam-clock.ts'
import { handInAttempt } from './hand-in.ts'
import { insertIncident } from './incidents.ts'
import { type LateAnswers, lateAnswers } from './late-answers.ts'
import { mayTakeOver, ownAttempt } from './own-attempt.ts'
import type { Presence } from './presence.ts'
import { insertAnswer, insertEdit, noteProgress, savePoint, storedEdits, updateAnswer } from './queries.ts'
import { type Seat, seatOf, takeSeatFor } from './seats.ts'

interface HandIn {
  attemptId: Id
  shown?: readonly EditOfAnswer[] | undefined
}

type SavePoint = NonNullable<Awaited<ReturnType<typeof savePoint>>>

/** The calls of one sitting: they make the exam clock tick and tell who is where. */
export function sittingHandlers(clock: ExamClock, presence: Presence) {
  const late = lateAnswers()
  return {
    async saveAnswer({ db, actor, now }: WriteContext, input: SaveAnswer) {
      const point = await ownPoint(db, input, actor)
      if (point.state !== 'running') throw new Refusal('conflict', 'attempt.handedIn')
      const seat =
        point.seatSessionId === actor.sessionId
          ? null
          : await admitToSeat(db, input.attemptId, actor, { isLeaving: true, now })
      const isFromBefore = seat?.previousSessionId === actor.sessionId && seat.isTaken
      if (isFromBefore) refuseOverNewer(late, input, point.savedAt, seat)
      const tick = tickOf(clock, input.attemptId, point)
      const time = { timeLimitMs: point.timeLimitMs, usedMs: point.usedMs + tick.uncountedMs }
      if (isGraceOver(time)) throw new Refusal('conflict', 'attempt.timeIsUp')

      const isLate = point.edit !== null && input.edit <= point.edit
      const isRepeat = input.edit === point.edit && input.answer === point.storedAnswer
      if (!isLate) await keep(db, point, input, time.usedMs, now)
      if (!isLate && isFromBefore) late.arrived(input.attemptId, { ...input, savedAt: now })
      if (clock.isDue(tick)) await note(db, clock, point, input, { ...tick, usedMs: time.usedMs }, now)
      if (actor.sessionId !== null) presence.seen(actor.sessionId, input)
      return {
        savedAt: isLate && point.savedAt ? point.savedAt : now,
        remainingMs: remainingMs(time),
        isKept: !isLate || isRepeat,
        storedEdit: Math.max(input.edit, point.edit ?? 0),
      }
    },

    async stay({ db, actor, now }: WriteContext, { attemptId, questionId }: { attemptId: Id; questionId: Id }) {
      const point = await ownPoint(db, { attemptId, questionId }, actor)
      const isPaused = point.pausedAt !== null
      if (point.state !== 'running')
        return { state: point.state, remainingMs: remainingMs(point), isPaused, stored: [] }
      if (point.seatSessionId !== actor.sessionId) await admitToSeat(db, attemptId, actor, { isLeaving: false, now })

      const tick = tickOf(clock, attemptId, point)
      const time = { timeLimitMs: point.timeLimitMs, usedMs: point.usedMs + tick.uncountedMs }
      await note(db, clock, point, { attemptId, questionId }, { ...tick, usedMs: time.usedMs }, now)
      if (actor.sessionId !== null) presence.seen(actor.sessionId, { attemptId, questionId })
      return {
        state: point.state,
        remainingMs: remainingMs(time),
        isPaused,
        stored: await storedEdits(db, { attemptId }),
      }
    },

    async handIn({ db, actor, now, about }: WriteContext, { attemptId, shown }: HandIn) {
      const own = await ownAttempt(db, attemptId, actor)
      if (own.state !== 'running') return { state: own.state }
      await admitToSeat(db, attemptId, actor, { isLeaving: false, now })
      const usedMs = own.usedMs + clock.tick(attemptId, own.updatedAt).uncountedMs
      const hasTime = !isTimeUp({ ...own, usedMs })
      if (hasTime && shown) refuseUnseen(await storedEdits(db, { attemptId }), shown)
      const state = await handInAttempt(db, { ...own, usedMs }, { mustBeComplete: hasTime }, now)
      clock.stop(attemptId)
      late.forget(attemptId)
      about(attemptId, { state })
      return { state }
    },
  }
}

/** Two windows of one seat may both write: none hands in what the other wrote before it has shown it. */
function refuseUnseen(stored: readonly EditOfAnswer[], shown: readonly EditOfAnswer[]) {
  const seen = new Map(shown.map(({ questionId, edit }) => [questionId, edit]))
  const isUnseen = ({ questionId, edit }: EditOfAnswer) => edit > (seen.get(questionId) ?? 0)
  if (stored.some(isUnseen)) throw new Refusal('conflict', 'attempt.answeredElsewhere')
}

/** Edit numbers of two seats cannot be compared: what was answered since the move is the newer one, whatever it counts. */
function refuseOverNewer(
  late: LateAnswers,
  { attemptId, questionId }: SaveAnswer,
  savedAt: string | null,
  { takenAt }: Seat,
) {
  const isSinceMove = savedAt !== null && takenAt !== null && savedAt > takenAt
  if (isSinceMove && !late.isLate(attemptId, questionId, savedAt)) throw new Refusal('conflict', 'attempt.otherSeat')
}

/** Someone else's attempt is reported as missing, so that ids cannot be probed. */
async function ownPoint(db: Writer, asked: { attemptId: Id; questionId: Id }, actor: Actor): Promise<SavePoint> {
  const point = await savePoint(db, asked)
  if (!point || point.beneficiaryId !== learnerOf(actor)) throw new Refusal('notFound', 'attempt.notFound')
  if (point.askedId === null) throw new Refusal('notFound', 'question.notFound')
  return point
}

/** In a pause nothing counts; what was typed before it still arrives. */
function tickOf(clock: ExamClock, attemptId: Id, { pausedAt, keptAt }: SavePoint): Tick {
  if (pausedAt === null) return clock.tick(attemptId, keptAt)
  clock.hold(attemptId)
  return { uncountedMs: 0, lost: [] }
}

/** The newer edit takes the place of the older one, and the journal has both. */
async function keep(db: Writer, point: SavePoint, input: SaveAnswer, usedMs: number, now: string) {
  const responseId = point.responseId ?? (await insertAnswer(db, { ...point, ...input }, now))
  if (point.responseId !== null) await updateAnswer(db, { ...input, responseId, now })
  await insertEdit(db, { responseId, edit: input.edit, answer: input.answer, usedMs, now })
}

interface Noted extends Tick {
  usedMs: number
}

/** Writes down what the clock has counted, and each time that was lost. */
async function note(
  db: Writer,
  clock: ExamClock,
  { organizationId }: SavePoint,
  { attemptId, questionId }: { attemptId: Id; questionId: Id },
  { usedMs, lost }: Noted,
  now: string,
) {
  await noteProgress(db, attemptId, { usedMs, currentQuestionId: questionId }, now)
  clock.counted(attemptId)
  for (const one of lost) await insertIncident(db, { organizationId, attemptId, ...one }, now)
}

/**
 * Lets a session sit down where nobody sits, or where it may take over. `isLeaving`: the seat before may still deliver
 * what it had typed.
 */
async function admitToSeat(
  db: Writer,
  attemptId: Id,
  actor: Actor,
  { isLeaving, now }: { isLeaving: boolean; now: string },
): Promise<Seat> {
  const seat = await seatOf(db, attemptId)
  const { sessionId, previousSessionId, isTaken } = seat
  if (actor.sessionId === null || sessionId === actor.sessionId) return seat
  if (actor.classroomId !== null) await ownAttempt(db, attemptId, actor)
  if (isTaken && isLeaving && previousSessionId === actor.sessionId) return seat
  if (isTaken && !mayTakeOver(actor)) throw new Refusal('conflict', 'attempt.otherSeat')
  await takeSeatFor(db, attemptId, { from: sessionId, to: actor.sessionId }, now)
  return { ...seat, sessionId: actor.sessionId, previousSessionId: sessionId, takenAt: now }
}
