import { AssessmentSettings } from '../../../shared/contract/assessments.ts'
import type { Done, Id } from '../../../shared/contract/base.ts'
import type { SitDown } from '../../../shared/contract/kiosk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, learnerOf, organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { wholeOrganization } from '../../scope.ts'
import { assessmentById, paperOf, setAssessmentStatus } from '../assessments/queries.ts'
import { listBeneficiaries } from '../beneficiaries/list.ts'
import { groupRoster, isOfRoom, namesIn, refuseStranger, roomOfActor } from '../classroom/admission.ts'
import { seatLearner } from '../identity/queries.ts'
import { prepareVerification } from '../kiosk/verify.ts'
import { drawFor } from './draw.ts'
import { remainingMs } from './exam-clock.ts'
import { givenBackMs, insertIncident } from './incidents.ts'
import { toldApart } from './namesakes.ts'
import { outcomeOf } from './outcome.ts'
import { mayTakeOver, ownAttempt } from './own-attempt.ts'
import { withoutKey } from './paper.ts'
import {
  type AttemptRecord,
  answersOf,
  attemptsOf,
  insertAttempt,
  isGivenTo,
  learner,
  menuOf,
  setFlags,
} from './queries.ts'
import { countWrongCode, isSeatCode, type Seat, seatCodeOf, seatOf, takeSeatFor } from './seats.ts'

const rosterSize = 60

export async function roster({ db, actor }: ReadContext, { search }: { search: string }) {
  const room = await roomOfActor(db, actor)
  const members = room && (await groupRoster(db, room, search))
  if (members) return { people: toldApart(members).slice(0, rosterSize), more: members.length > rosterSize }
  const everybody = wholeOrganization(organizationOf(actor))
  const page = await listBeneficiaries(db, everybody, { search, status: 'active', limit: rosterSize })
  const people = page.rows.map(({ id, name, trainerName, city }) => ({ beneficiaryId: id, name, trainerName, city }))
  return { people: toldApart(room ? namesIn(room, people) : people), more: page.next !== null }
}

/** Somebody who did not show enough stays where they are; the refusal follows the commit that counts the try. */
export const sitDown: PreparedMutation<SitDown, Done> = {
  async prepare(context, shown) {
    const verify = await prepareVerification(context, shown)

    return async (context) => {
      const beneficiaryId = await verify(context)
      if (beneficiaryId === null) return {}
      const { db, actor } = context
      const room = await roomOfActor(db, actor)
      if (room) await refuseStranger(db, room, { beneficiaryId })
      if (actor.sessionId !== null) await seatLearner(db, actor.sessionId, beneficiaryId)
      return {}
    }
  },
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
    const rules = AssessmentSettings.parse(settings ?? {})
    return {
      ...assessment,
      questionCount: questionCount - pooledCount + rules.pools.reduce((sum, { draw }) => sum + draw, 0),
      attemptsAllowed: assessment.type === 'practice' ? null : assessment.attemptsAllowed,
      attemptsUsed: own.length,
      runningAttemptId: own.find((attempt) => attempt.state === 'running')?.attemptId ?? null,
      ended: own
        .filter((attempt) => attempt.state !== 'running' && (!room || isOfRoom(room, attempt)))
        .map((attempt) => endedItem(attempt, rules)),
      isClosed: status === 'completed' || isPast(assessment.closesAt, now),
      isNotOpenYet: assessment.opensAt !== null && !isPast(assessment.opensAt, now),
    }
  })
}

type OwnAttempt = Awaited<ReturnType<typeof attemptsOf>>[number]

function endedItem({ assessmentId: _, submittedAt: __, ...attempt }: OwnAttempt, { review }: AssessmentSettings) {
  return review === 'nothing' ? { ...attempt, percentage: null, passed: null } : attempt
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
  if (actor.sessionId !== null) await takeSeatFor(db, attemptId, { from: null, to: actor.sessionId }, now)
  about(attemptId, { attemptNumber })
  return { attemptId }
}

export async function attempt({ db, actor }: ReadContext, { attemptId }: { attemptId: Id }) {
  const own = await ownAttempt(db, attemptId, actor)
  if (own.state === 'running') refuseOtherSeat(await seatOf(db, attemptId), actor)
  const answers = await answersOf(db, attemptId)
  return {
    id: own.id,
    isPaused: own.pausedAt !== null,
    givenBackMs: await givenBackMs(db, attemptId),
    flagged: own.flags,
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

export async function flag(
  { db, actor }: WriteContext,
  { attemptId, questionId, isFlagged }: { attemptId: Id; questionId: Id; isFlagged: boolean },
) {
  const own = await ownAttempt(db, attemptId, actor)
  if (own.state !== 'running') throw new Refusal('conflict', 'attempt.handedIn')
  if (!own.questions.some(({ id }) => id === questionId)) throw new Refusal('notFound', 'question.notFound')
  const others = own.flags.filter((id) => id !== questionId)
  await setFlags(db, attemptId, isFlagged ? [...others, questionId] : others)
  return {}
}

export async function takeSeat(
  { db, actor, now, about }: WriteContext,
  { attemptId, code }: { attemptId: Id; code: string },
) {
  const own = await ownAttempt(db, attemptId, actor)
  const { digest, triesLeft } = await seatCodeOf(db, attemptId, now)
  about(attemptId)
  if (triesLeft === 0 || actor.sessionId === null) return { isTaken: false, triesLeft: 0 }
  if (!isSeatCode(digest, attemptId, code)) {
    await countWrongCode(db, attemptId)
    return { isTaken: false, triesLeft: triesLeft - 1 }
  }
  const { sessionId } = await seatOf(db, attemptId)
  await takeSeatFor(db, attemptId, { from: sessionId, to: actor.sessionId }, now)
  await insertIncident(db, { organizationId: own.organizationId, attemptId, kind: 'moved' }, now)
  return { isTaken: true, triesLeft: 0 }
}

/** Where the learner was last: at the question they answered last, or moved to since. */
function lastVisited(attempt: AttemptRecord, answers: { questionId: Id; savedAt: string }[]): Id | null {
  const latest = answers.toSorted((a, b) => a.savedAt.localeCompare(b.savedAt)).at(-1)
  return latest && latest.savedAt > attempt.updatedAt ? latest.questionId : attempt.currentQuestionId
}

function refuseOtherSeat({ sessionId, isTaken }: Seat, actor: Actor) {
  if (isTaken && sessionId !== actor.sessionId && !mayTakeOver(actor)) {
    throw new Refusal('conflict', 'attempt.otherSeat')
  }
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
  const assessment = await assessmentById(db, wholeOrganization(organizationId), assessmentId)
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
