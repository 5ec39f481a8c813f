import { isDeepStrictEqual } from 'node:util'
import type { AuthoredQuestion } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import type { KeyChange } from '../../../shared/contract/results.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { creditOf, pointsFor } from '../../../shared/scoring.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { updateQuestionColumns } from '../assessments/queries.ts'
import { answersOf, attemptById } from '../delivery/queries.ts'
import { attemptsWithin } from '../delivery/reach.ts'
import { insertMark } from '../grading/queries.ts'
import { tellOfResult } from '../notifications/learning.ts'
import { plain, withKeyOf } from './corrected-key.ts'
import {
  correctionsOf,
  insertCorrectedPaper,
  insertCorrection,
  machineMarked,
  newestPaper,
  type Paper,
  pointAttemptsAt,
} from './key-queries.ts'
import { overrideOf, setAttemptState, setMark } from './queries.ts'
import { resultOf, settle } from './settle.ts'

interface Correction {
  assessmentId: Id
  questionId: Id
  question: Question
}

export async function previewKey({ db, actor }: ReadContext, correction: Correction) {
  const scope = scopeOf(actor)
  const paper = await correctable(db, scope, correction)
  const changes = (await changesOf(db, paper, correction)).map(({ change }) => change)
  return told(db, scope, correction.assessmentId, changes)
}

export async function correctKey(
  { db, actor, now, about }: WriteContext,
  { reason, ...correction }: Correction & { reason: string },
) {
  const { assessmentId, questionId, question } = correction
  const scope = scopeOf(actor)
  const { organizationId } = scope
  const paper = await correctable(db, scope, correction)
  const changes = await changesOf(db, paper, correction)
  const paperAfter = await insertCorrectedPaper(db, paper, corrected(paper.questions, correction), now)
  await updateQuestionColumns(db, questionId, question, now)
  await pointAttemptsAt(db, assessmentId, paperAfter, now)

  for (const { responseId, credit, change } of changes) {
    await setMark(db, responseId, { credit, points: question.points })
    const points = pointsFor(credit, question.points)
    const mark = { organizationId, attemptId: change.attemptId, responseId, points, reason, userId: actor.userId }
    await insertMark(db, { ...mark, kind: 'regrade' }, now)
    const attempt = await attemptById(db, change.attemptId)
    if (!attempt) continue
    const state = await settle(db, attempt, now)
    await setAttemptState(db, attempt.id, state, now)
    if (state === 'graded') await tellOfResult(db, attempt, state, now)
  }
  const changed = changes.map(({ change }) => change)
  const record = { organizationId, assessmentId, questionId, paperBefore: paper.id, paperAfter, reason, changed }
  await insertCorrection(db, { ...record, userId: actor.userId }, now)
  about(assessmentId, { questionId, changed: changed.length })
  return told(db, scope, assessmentId, changed)
}

export async function keyCorrections({ db, actor }: ReadContext, { assessmentId }: { assessmentId: Id }) {
  const scope = scopeOf(actor)
  const reached = await attemptsWithin(db, scope, assessmentId)
  const corrections = await correctionsOf(db, scope, assessmentId)
  return corrections.map((one) => ({ ...one, changed: one.changed.filter(({ attemptId }) => reached.has(attemptId)) }))
}

/** A key is right for everybody or for nobody, so every result follows; who asks is told about the learners within reach. */
async function told(db: Reader, scope: Scope, assessmentId: Id, changes: KeyChange[]) {
  const reached = await attemptsWithin(db, scope, assessmentId)
  return changes.filter(({ attemptId }) => reached.has(attemptId))
}

/** The paper whose key is to be corrected; refuses whatever is more than a correction of the key. */
async function correctable(db: Reader, scope: Scope, { assessmentId, questionId, question }: Correction) {
  const paper = await newestPaper(db, scope, assessmentId)
  if (!paper) throw new Refusal('notFound', 'assessment.notFound')
  const asked = paper.questions.find(({ id }) => id === questionId)
  if (!asked) throw new Refusal('notFound', 'question.notFound')
  if (!withKeyOf(asked.question, question)) throw new Refusal('invalid', 'question.onlyKeyMayChange')
  if (isDeepStrictEqual(plain(asked.question), plain(question))) throw new Refusal('conflict', 'question.sameKey')
  return paper
}

/** Every answer that a machine has marked and that is worth something else now, with its attempt before and after. */
async function changesOf(db: Reader, paper: Paper, { assessmentId, questionId, question }: Correction) {
  const marked = await machineMarked(db, paper.organization_id, assessmentId, questionId)
  const changes: { responseId: Id; credit: number; change: KeyChange }[] = []
  for (const { responseId, answer, credit: old, ...who } of marked) {
    const credit = creditOf(question, answer)
    const attempt = credit === null || credit === old ? undefined : await attemptById(db, who.attemptId)
    if (!attempt || credit === null) continue
    const answers = await answersOf(db, who.attemptId)
    const after = answers.map((one) => (one.responseId === responseId ? { ...one, credit } : one))
    const change = {
      ...who,
      isOverridden: (await overrideOf(db, who.attemptId)) !== undefined,
      before: verdict(resultOf(attempt, answers)),
      after: verdict(resultOf(attempt, after)),
    }
    changes.push({ responseId, credit, change })
  }
  return changes
}

function verdict({ score, percentage, passed }: ReturnType<typeof resultOf>) {
  return { points: score, percentage, passed }
}

function corrected(questions: AuthoredQuestion[], { questionId, question }: Correction) {
  return questions.map((asked) => (asked.id === questionId ? { ...asked, question } : asked))
}
