import { AssessmentSettings } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { SaveAnswer } from '../../../shared/contract/delivery.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, learnerOf, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { assessmentById, paperOf, setAssessmentStatus } from '../assessments/queries.ts'
import { listBeneficiaries } from '../beneficiaries/list.ts'
import { groupRoster, refuseStranger, roomOfActor } from '../classroom/admission.ts'
import { shortNames } from '../classroom/short-name.ts'
import { seatLearner } from '../identity/queries.ts'
import { drawFor } from './draw.ts'
import { type ExamClock, isGraceOver, isTimeUp, remainingMs } from './exam-clock.ts'
import { handInAttempt } from './hand-in.ts'
import { outcomeOf } from './outcome.ts'
import { withoutKey } from './paper.ts'
import type { Presence } from './presence.ts'
import {
  type AttemptRecord,
  answersOf,
  attemptById,
  attemptsOf,
  insertAnswer,
  insertAttempt,
  isGivenTo,
  learner,
  menuOf,
  noteProgress,
  savePoint,
  updateAnswer,
} from './queries.ts'

const rosterSize = 60

export async function roster({ db, actor }: ReadContext, { search }: { search: string }) {
  const room = await roomOfActor(db, actor)
  const members = room && (await groupRoster(db, room, search))
  if (members) return { people: members.slice(0, rosterSize), more: members.length > rosterSize }
  const page = await listBeneficiaries(db, organizationOf(actor), { search, status: 'active', limit: rosterSize })
  const people = page.rows.map(({ id, name }) => ({ beneficiaryId: id, name }))
  return { people: room ? shortNames(people) : people, more: page.next !== null }
}

export async function sitDown({ db, actor, about }: WriteContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const person = await learner(db, organizationOf(actor), beneficiaryId)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  if (person.status !== 'active') throw new Refusal('conflict', 'beneficiary.inactive')
  const room = await roomOfActor(db, actor)
  if (room) await refuseStranger(db, room, { beneficiaryId })
  if (actor.sessionId !== null) await seatLearner(db, actor.sessionId, beneficiaryId)
  about(beneficiaryId)
  return {}
}

export async function standUp({ db, actor, about }: WriteContext) {
  if (actor.sessionId !== null) await seatLearner(db, actor.sessionId, null)
  if (actor.beneficiaryId !== null) about(actor.beneficiaryId)
  return {}
}

export async function menu({ db, actor, clock }: ReadContext) {
  const beneficiaryId = learnerOf(actor)
  const attempts = await attemptsOf(db, beneficiaryId)
  const room = await roomOfActor(db, actor)
  const assessments = (await menuOf(db, organizationOf(actor), beneficiaryId)).filter(
    ({ assessmentId }) => room?.assessmentIds.includes(assessmentId) ?? true,
  )

  const now = clock.now().toISOString()
  return assessments.map(({ status, settings, questionCount, pooledCount, ...assessment }) => {
    const own = attempts.filter((attempt) => attempt.assessmentId === assessment.assessmentId)
    return {
      ...assessment,
      questionCount: questionCount - pooledCount + drawnCount(settings),
      attemptsAllowed: assessment.type === 'practice' ? null : assessment.attemptsAllowed,
      attemptsUsed: own.length,
      runningAttemptId: own.find((attempt) => attempt.state === 'running')?.attemptId ?? null,
      ended: own.filter((attempt) => attempt.state !== 'running').map(({ assessmentId: _, ...attempt }) => attempt),
      isClosed: status === 'completed' || isPast(assessment.closesAt, now),
      isNotOpenYet: assessment.opensAt !== null && !isPast(assessment.opensAt, now),
    }
  })
}

function drawnCount(settings: unknown): number {
  return AssessmentSettings.parse(settings ?? {}).pools.reduce((sum, { draw }) => sum + draw, 0)
}

function isPast(moment: string | null, now: string): boolean {
  return moment !== null && moment <= now
}

export async function begin({ db, actor, now, about }: WriteContext, { assessmentId }: { assessmentId: Id }) {
  const beneficiaryId = learnerOf(actor)
  const organizationId = organizationOf(actor)
  const room = await roomOfActor(db, actor)
  if (room && !room.assessmentIds.includes(assessmentId)) throw new Refusal('notFound', 'assessment.notFound')
  const own = (await attemptsOf(db, beneficiaryId)).filter((attempt) => attempt.assessmentId === assessmentId)
  const running = own.find((attempt) => attempt.state === 'running')
  if (running) return { attemptId: running.attemptId }

  const assessment = await openAssessment(db, { organizationId, beneficiaryId, assessmentId, now })
  const isPractice = assessment.type === 'practice'
  if (!isPractice && own.length >= assessment.attemptsAllowed) throw new Refusal('conflict', 'attempt.noneLeft')
  const paper = await paperOf(db, assessmentId)
  const timeLimitMs = assessment.timeLimit === null ? null : assessment.timeLimit * 60_000
  const attemptNumber = own.length + 1
  const attemptId = await insertAttempt(
    db,
    {
      organizationId,
      assessmentId,
      beneficiaryId,
      attemptNumber,
      paperId: paper.id,
      timeLimitMs,
      isPractice,
      classroomId: room?.id,
      draw: drawFor(paper.questions, paper.rules),
    },
    now,
  )
  if (assessment.status === 'published') await setAssessmentStatus(db, assessmentId, 'in_progress', now)
  about(attemptId, { attemptNumber })
  return { attemptId }
}

export async function attempt({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  const own = await ownAttempt(db, attemptId, actor)
  const answers = await answersOf(db, attemptId)
  return {
    id: own.id,
    title: own.title,
    state: own.state,
    attemptNumber: own.attemptNumber,
    remainingMs: remainingMs(own),
    currentQuestionId: lastVisited(own, answers),
    questions: own.questions.map(withoutKey),
    answers: answers.map(({ questionId, answer, edit, savedAt }) => ({ questionId, answer, edit, savedAt })),
  }
}

export async function outcome({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  return outcomeOf(db, await ownAttempt(db, attemptId, actor))
}

/** The calls that make the exam clock tick. */
export function timedHandlers(clock: ExamClock, presence: Presence) {
  return {
    async saveAnswer({ db, actor, now }: WriteContext, input: SaveAnswer) {
      const point = await savePoint(db, input)
      if (!point || point.beneficiaryId !== learnerOf(actor)) throw new Refusal('notFound', 'attempt.notFound')
      if (point.askedId === null) throw new Refusal('notFound', 'question.notFound')
      if (point.state !== 'running') throw new Refusal('conflict', 'attempt.handedIn')
      const uncounted = clock.tick(input.attemptId)
      const time = { timeLimitMs: point.timeLimitMs, usedMs: point.usedMs + uncounted }
      if (isGraceOver(time)) throw new Refusal('conflict', 'attempt.timeIsUp')

      if (actor.sessionId !== null) presence.seen(actor.sessionId, input)
      const isLate = point.edit !== null && input.edit <= point.edit
      const isRepeat = input.edit === point.edit && input.answer === point.storedAnswer
      if (point.responseId === null) await insertAnswer(db, { ...point, ...input }, now)
      else await updateAnswer(db, { ...input, responseId: point.responseId, now })
      if (clock.isDue(uncounted)) {
        await noteProgress(db, input.attemptId, { usedMs: time.usedMs, currentQuestionId: input.questionId }, now)
        clock.counted(input.attemptId)
      }
      return {
        savedAt: isLate && point.savedAt ? point.savedAt : now,
        remainingMs: remainingMs(time),
        isKept: !isLate || isRepeat,
        storedEdit: Math.max(input.edit, point.edit ?? 0),
      }
    },

    async stay({ db, actor, now }: WriteContext, { attemptId, questionId }: { attemptId: Id; questionId: Id }) {
      const point = await savePoint(db, { attemptId, questionId })
      if (!point || point.beneficiaryId !== learnerOf(actor)) throw new Refusal('notFound', 'attempt.notFound')
      if (point.askedId === null) throw new Refusal('notFound', 'question.notFound')
      if (point.state !== 'running') return { state: point.state, remainingMs: remainingMs(point) }

      if (actor.sessionId !== null) presence.seen(actor.sessionId, { attemptId, questionId })
      const time = { timeLimitMs: point.timeLimitMs, usedMs: point.usedMs + clock.tick(attemptId) }
      await noteProgress(db, attemptId, { usedMs: time.usedMs, currentQuestionId: questionId }, now)
      clock.counted(attemptId)
      return { state: point.state, remainingMs: remainingMs(time) }
    },

    async handIn({ db, actor, now, about }: WriteContext, { attemptId }: { attemptId: Id }) {
      const own = await ownAttempt(db, attemptId, actor)
      if (own.state !== 'running') return { state: own.state }
      const usedMs = own.usedMs + clock.tick(attemptId)
      const state = await handInAttempt(db, { ...own, usedMs }, { mustBeComplete: !isTimeUp({ ...own, usedMs }) }, now)
      clock.stop(attemptId)
      about(attemptId, { state })
      return { state }
    },
  }
}

/** Where the learner was last: at the question they answered last, or moved to since. */
function lastVisited(attempt: AttemptRecord, answers: { questionId: Id; savedAt: string }[]): Id | null {
  const latest = answers.toSorted((a, b) => a.savedAt.localeCompare(b.savedAt)).at(-1)
  return latest && latest.savedAt > attempt.updatedAt ? latest.questionId : attempt.currentQuestionId
}

/** Someone else's attempt is reported as missing, so that ids cannot be probed. */
async function ownAttempt(db: Reader, attemptId: Id, actor: Actor): Promise<AttemptRecord> {
  const found = await attemptById(db, attemptId)
  if (!found || found.beneficiaryId !== learnerOf(actor)) throw new Refusal('notFound', 'attempt.notFound')
  return found
}

interface Opening {
  organizationId: Id
  beneficiaryId: Id
  assessmentId: Id
  now: string
}

async function openAssessment(db: Reader, { organizationId, beneficiaryId, assessmentId, now }: Opening) {
  const person = await learner(db, organizationId, beneficiaryId)
  if (person?.status !== 'active') throw new Refusal('conflict', 'beneficiary.inactive')
  const assessment = await assessmentById(db, organizationId, assessmentId)
  const isMine = assessment && (await isGivenTo(db, assessmentId, beneficiaryId))
  if (!isMine || assessment.status === 'draft') throw new Refusal('notFound', 'assessment.notFound')
  if (assessment.status === 'completed' || isPast(assessment.closesAt, now)) {
    throw new Refusal('conflict', 'assessment.closed')
  }
  if (assessment.opensAt !== null && !isPast(assessment.opensAt, now)) {
    throw new Refusal('conflict', 'assessment.notOpenYet')
  }
  return assessment
}
