import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import {
  appendQuestions,
  insertAssessment,
  insertPaper,
  paperOf,
  questionsOf,
  setAssessmentStatus,
} from '../assessments/queries.ts'
import { type EndedAttempt, insertEndedAttempts, type TakenPaper } from './ended-attempts.ts'
import { randomOf } from './generated/random.ts'
import { generatedSitting } from './generated/sittings.ts'
import { type PracticeAssessment, practiceAssessments } from './practice/content.ts'
import { daysBefore } from './practice/days.ts'

interface Filling {
  organizationId: Id
  learnerIds: readonly Id[]
  responses: number
  seed: number
  breathe: () => Promise<void>
}

/** Learners whose attempts go into the database together. */
const groupSize = 40

/** One assessment after the other, taken once by every learner, until there are enough answers. */
export async function fillAssessments(db: Writer, filling: Filling, now: string) {
  const contents = practiceAssessments.filter((assessment) => assessment.status !== 'draft')
  const filled = { assessments: 0, attempts: 0, responses: 0 }
  while (filled.responses < filling.responses && filling.learnerIds.length > 0) {
    const content = contents[filled.assessments % contents.length]
    if (!content) throw new Error('There is no assessment that could be taken.')
    filled.assessments++
    const paper = await publish(db, filling.organizationId, numbered(content, filled.assessments), now)
    const most = filling.responses - filled.responses
    const { attempts, responses } = await takePaper(db, { ...filling, responses: most }, paper, now)
    filled.attempts += attempts
    filled.responses += responses
  }
  return filled
}

function numbered(content: PracticeAssessment, number: number): PracticeAssessment {
  return { ...content, fields: { ...content.fields, title: `${content.fields.title} (${number})` } }
}

async function publish(db: Writer, organizationId: Id, content: PracticeAssessment, now: string): Promise<TakenPaper> {
  const { fields } = content
  const assessmentId = await insertAssessment(db, { organizationId, trainerId: null }, fields, now)
  await appendQuestions(db, organizationId, assessmentId, content.questions, now)
  const questions = await questionsOf(db, assessmentId)
  await insertPaper(db, organizationId, { ...fields, id: assessmentId }, questions, now)
  await setAssessmentStatus(db, assessmentId, 'in_progress', now)
  return {
    organizationId,
    assessmentId,
    paperId: (await paperOf(db, assessmentId)).id,
    questions,
    maxScore: questions.reduce((sum, { question }) => sum + question.points, 0),
    passingScore: fields.passingScore,
    timeLimitMs: fields.timeLimit === null ? null : fields.timeLimit * 60_000,
  }
}

async function takePaper(
  db: Writer,
  { learnerIds, responses, seed, breathe }: Filling,
  paper: TakenPaper,
  now: string,
) {
  const taken = { attempts: 0, responses: 0 }
  while (taken.attempts < learnerIds.length && taken.responses < responses) {
    await breathe()
    const attempts: EndedAttempt[] = []
    for (const beneficiaryId of learnerIds.slice(taken.attempts, taken.attempts + groupSize)) {
      if (taken.responses >= responses) break
      const random = randomOf(seed, paper.assessmentId, beneficiaryId)
      const startedAt = daysBefore(now, 1 + random.below(3 * 365), random.below(8 * 60))
      const answers = generatedSitting(paper.questions, random)
      attempts.push({ beneficiaryId, startedAt, answers })
      taken.responses += answers.length
    }
    taken.attempts += attempts.length
    await insertEndedAttempts(db, paper, attempts)
  }
  return taken
}
