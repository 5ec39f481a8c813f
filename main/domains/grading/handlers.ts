import { createHash } from 'node:crypto'
import type { Id } from '../../../shared/contract/base.ts'
import type { GradingNeed, GradingQueue } from '../../../shared/contract/grading.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { assessmentById, questionsOf } from '../assessments/queries.ts'
import { attemptById } from '../delivery/queries.ts'
import { bringUpToDate } from './grade.ts'
import { insertMark, learnersOf, markedAnswers, marksOfAssessment, waitingAnswers, waitingPlaces } from './queries.ts'
import { isMineToGive, shownMarks, standingOf } from './standing.ts'

export async function waiting({ db, actor }: ReadContext) {
  const places = await waitingPlaces(db, scopeOf(actor))
  const counted = new Map<Id, { assessmentId: Id; title: string } & Record<GradingNeed, number>>()
  for (const { assessmentId, title } of places) {
    if (!counted.has(assessmentId)) counted.set(assessmentId, { assessmentId, title, mark: 0, second: 0, final: 0 })
  }
  for (const assessment of counted.values()) {
    const { marks, most } = await marksAndPoints(db, assessment.assessmentId)
    for (const place of places.filter((one) => one.assessmentId === assessment.assessmentId)) {
      const { need } = standingOf(marks.get(place.responseId) ?? [], most.get(place.questionId) ?? 0)
      assessment[need ?? 'mark'] += 1
    }
  }
  return [...counted.values()]
}

interface QueueWish {
  assessmentId: Id
  by: 'question' | 'learner'
  isAnonymous: boolean
}

export async function queue({ db, actor }: ReadContext, { assessmentId, by, isAnonymous }: QueueWish) {
  const scope = scopeOf(actor)
  const assessment = await assessmentById(db, scope, assessmentId)
  if (!assessment) throw new Refusal('notFound', 'assessment.notFound')
  const questions = await questionsOf(db, assessmentId)
  const { marks, most } = await marksAndPoints(db, assessmentId)
  const found = await waitingAnswers(db, scope, assessmentId)
  const places = new Map(questions.map(({ id }, index) => [id, index]))
  const number = numbered(await learnersOf(db, assessmentId), assessmentId)

  const answers: GradingQueue['answers'] = found.map(
    ({ attemptId: _, beneficiaryId, learnerName, isReached, ...answer }) => {
      const standing = standingOf(marks.get(answer.responseId) ?? [], most.get(answer.questionId) ?? 0)
      const need = standing.need ?? 'mark'
      return {
        ...answer,
        learnerNumber: number.get(beneficiaryId) ?? 0,
        learnerName: isAnonymous || !isReached ? null : learnerName,
        need,
        isMineToGive: isMineToGive(standing, actor.userId),
        marks: need === 'final' ? shownMarks(standing, actor.userId) : [],
      }
    },
  )
  const place = (questionId: Id) => places.get(questionId) ?? 0
  answers.sort((a, b) => {
    const byQuestion = place(a.questionId) - place(b.questionId)
    const byLearner = a.learnerNumber - b.learnerNumber
    return by === 'question' ? byQuestion || byLearner : byLearner || byQuestion
  })
  const asked = new Set(answers.map(({ questionId }) => questionId))
  return {
    title: assessment.title,
    questions: questions.filter(({ id }) => asked.has(id)).map(({ id, question }) => ({ id, question })),
    answers,
  }
}

export async function askSecondOpinion(
  { db, actor, now, about }: WriteContext,
  { assessmentId, responseId, tolerance }: { assessmentId: Id; responseId?: Id | undefined; tolerance: number },
) {
  const scope = scopeOf(actor)
  const { organizationId } = scope
  if (!(await assessmentById(db, scope, assessmentId))) throw new Refusal('notFound', 'assessment.notFound')
  const marked = await markedAnswers(db, scope, assessmentId)
  const wanted = marked.filter((one) => responseId === undefined || one.responseId === responseId)
  if (wanted.length === 0) throw new Refusal('conflict', 'response.noFirstMark')

  const { most } = await marksAndPoints(db, assessmentId)
  for (const answer of wanted) {
    const attempt = await attemptById(db, answer.attemptId)
    if (!attempt || answer.questionId === null) continue
    await insertMark(db, { ...answer, organizationId, kind: 'asked', tolerance, userId: actor.userId }, now)
    const points = most.get(answer.questionId) ?? 0
    await bringUpToDate(db, attempt, { responseId: answer.responseId, most: points }, now)
  }
  about(assessmentId, { answers: wanted.length, tolerance })
  return { answers: wanted.length }
}

async function marksAndPoints(db: Reader, assessmentId: Id) {
  const marks = Map.groupBy(await marksOfAssessment(db, assessmentId), ({ responseId }) => responseId ?? 0)
  const questions = await questionsOf(db, assessmentId)
  return { marks, most: new Map(questions.map(({ id, question }) => [id, question.points])) }
}

/** Numbers learners from 1 in an order that tells nothing about them and stays the same. */
function numbered(beneficiaryIds: Id[], assessmentId: Id): Map<Id, number> {
  const mixed = (id: Id) => createHash('sha256').update(`${assessmentId}:${id}`).digest('hex')
  const order = beneficiaryIds.toSorted((a, b) => mixed(a).localeCompare(mixed(b)))
  return new Map(order.map((id, index) => [id, index + 1]))
}
