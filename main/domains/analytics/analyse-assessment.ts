import type { AskedAnalysis } from '../../../shared/contract/analytics.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { pointsFor } from '../../../shared/scoring.ts'
import { breather } from '../../breather.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { assessmentById } from '../assessments/queries.ts'
import { PaperQuestions } from '../delivery/paper.ts'
import { type AnalysedAttempt, analyse } from './analyse.ts'
import { answersTo, gradedAttempts, latestPaper } from './queries.ts'

/** The statistics of an assessment and its items, of one attempt of each learner within reach or of all. */
export async function analyseAssessment(db: Reader, scope: Scope, { assessmentId, groupId, attempts }: AskedAnalysis) {
  const { organizationId } = scope
  const assessment = await assessmentById(db, scope, assessmentId)
  if (!assessment) throw new Refusal('notFound', 'assessment.notFound')
  const paper = await latestPaper(db, organizationId, assessmentId)
  const questions = paper ? PaperQuestions.parse(paper.questions) : []
  const chosen = chooseAttempts(await gradedAttempts(db, scope, { assessmentId, groupId }), attempts)
  const answers = byAttempt(await answersTo(db, organizationId, assessmentId))

  const breathe = breather()
  const analysed: AnalysedAttempt[] = []
  for (const attempt of chosen) {
    await breathe()
    analysed.push(marksOf(attempt, questions, answers.get(attempt.attemptId) ?? []))
  }
  return { title: assessment.title, ...(await analyse(questions, analysed, paper?.maxScore ?? 0, breathe)) }
}

type GradedAttempt = Awaited<ReturnType<typeof gradedAttempts>>[number]
type Answer = Awaited<ReturnType<typeof answersTo>>[number]

/** One attempt of each learner, unless all are wanted; they come in the order in which each learner took them. */
export function chooseAttempts<Attempt extends Pick<GradedAttempt, 'beneficiaryId' | 'percentage'>>(
  attempts: Attempt[],
  wanted: AskedAnalysis['attempts'],
): Attempt[] {
  if (wanted === 'all') return attempts
  const chosen = new Map<Id, Attempt>()
  for (const attempt of attempts) {
    const known = chosen.get(attempt.beneficiaryId)
    const isBetter = wanted === 'best' && (attempt.percentage ?? 0) > (known?.percentage ?? 0)
    if (!known || wanted === 'last' || isBetter) chosen.set(attempt.beneficiaryId, attempt)
  }
  return [...chosen.values()]
}

function byAttempt(answers: readonly Answer[]): Map<Id, Answer[]> {
  return Map.groupBy(answers, ({ attemptId }) => attemptId)
}

function marksOf(attempt: GradedAttempt, questions: PaperQuestions, answers: readonly Answer[]): AnalysedAttempt {
  const given = new Map(answers.map((answer) => [answer.questionId, answer]))
  const drawn = attempt.draw as { questionId: Id }[] | null
  const asked = drawn && new Set(drawn.map(({ questionId }) => questionId))
  const marks = questions
    .filter(({ id }) => asked === null || asked.has(id))
    .map(({ id, question }) => {
      const { credit = 0, answer = '' } = given.get(id) ?? {}
      return [id, { points: pointsFor(credit ?? 0, question.points), answer }] as const
    })
  return { beneficiaryId: attempt.beneficiaryId, passed: attempt.passed, marks: new Map(marks) }
}
