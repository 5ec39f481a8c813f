import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import type { Seat } from '../../../shared/contract/classroom.ts'
import type { Reader } from '../../database/database.ts'
import { Draw } from '../delivery/draw.ts'
import type { Presence } from '../delivery/presence.ts'
import { attemptsOfSeats, type ClassroomRecord, questionIdsOf, seatsOf } from './queries.ts'

/** Signs of life come every five seconds; four that are missing are no accident. */
const lostAfterMs = 20_000
/** Without an answer for this long, somebody may need help. */
const idleAfterMs = 180_000

type AttemptOfSeat = Awaited<ReturnType<typeof attemptsOfSeats>>[number]

/** Every device of the room with what it is at; four statements, however many there are. */
export async function liveSeats(
  db: Reader,
  { classroom, presence, now }: { classroom: ClassroomRecord; presence: Presence; now: Date },
): Promise<Seat[]> {
  const seats = await seatsOf(db, classroom.id)
  const beneficiaryIds = seats.flatMap(({ learnerId }) => learnerId ?? [])
  const attempts = (await attemptsOfSeats(db, { ...classroom, beneficiaryIds })).filter(
    ({ state, submittedAt }) => state === 'running' || (submittedAt ?? '') >= classroom.startedAt,
  )
  const questionsOf = await questionOrder(db, attempts)

  return seats.map(({ sessionId, deviceName, ipAddress, learnerId, learnerName }) => {
    const attempt = attempts.find(({ beneficiaryId }) => beneficiaryId === learnerId)
    const seen = presence.of(sessionId)
    const isSeenHere = attempt !== undefined && seen?.attemptId === attempt.id
    const questions = attempt ? questionsOf(attempt) : []
    const currentId = isSeenHere ? seen.questionId : attempt?.currentQuestionId
    const savedAgoMs = attempt?.savedAt ? Math.max(0, now.getTime() - Date.parse(attempt.savedAt)) : null
    const silentMs = attempt && (isSeenHere ? seen.agoMs : now.getTime() - Date.parse(attempt.updatedAt))
    return {
      sessionId,
      deviceName,
      ipAddress,
      learner: learnerId === null ? null : { id: learnerId, name: learnerName ?? '' },
      attempt: attempt
        ? {
            id: attempt.id,
            title: attempt.title,
            questionNumber: currentId == null ? null : questions.indexOf(currentId) + 1 || null,
            answered: attempt.answered,
            total: questions.length,
          }
        : null,
      state: stateOf(attempt, silentMs ?? 0, savedAgoMs),
      savedAgoMs,
    }
  })
}

function stateOf(attempt: AttemptOfSeat | undefined, silentMs: number, savedAgoMs: number | null): Seat['state'] {
  if (!attempt) return 'waiting'
  if (attempt.state !== 'running') return 'handedIn'
  if (silentMs > lostAfterMs) return 'lostContact'
  return savedAgoMs !== null && savedAgoMs > idleAfterMs ? 'idle' : 'present'
}

/** The questions of each attempt in the order in which its learner meets them. */
async function questionOrder(db: Reader, attempts: AttemptOfSeat[]) {
  const papers = await questionIdsOf(db, [...new Set(attempts.map(({ paperId }) => paperId))])
  const known = new Map(papers.map(({ id, questionIds }) => [id, z.array(Id).parse(JSON.parse(questionIds))]))
  return ({ draw, paperId }: AttemptOfSeat): Id[] =>
    draw === null ? (known.get(paperId) ?? []) : Draw.parse(draw).map(({ questionId }) => questionId)
}
