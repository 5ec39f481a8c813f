import type { Id } from '../../../../shared/contract/base.ts'
import type { Writer } from '../../../database/database.ts'
import {
  appendQuestions,
  insertAssessment,
  insertPaper,
  paperOf,
  questionsOf,
  setAssessmentStatus,
} from '../../assessments/queries.ts'
import type { PracticeAssessment } from './content.ts'
import { daysBefore } from './days.ts'
import { sit } from './sittings.ts'

interface Author {
  organizationId: Id
  trainerId: Id
}

interface Taking {
  assessment: PracticeAssessment
  /** In the order of `practiceLearners`. */
  learnerIds: Id[]
  breathe: () => Promise<void>
}

/** Writes one assessment down in the state it should have, with everybody who took it. */
export async function putPracticeAssessment(
  db: Writer,
  author: Author,
  { assessment, learnerIds, breathe }: Taking,
  now: string,
) {
  const { fields, status, sittings } = assessment
  const created = daysBefore(now, assessment.createdDaysAgo)
  const assessmentId = await insertAssessment(db, author, fields, created)
  await appendQuestions(db, author.organizationId, assessmentId, assessment.questions, created)
  if (status === 'draft') return

  const questions = await questionsOf(db, assessmentId)
  await insertPaper(db, author.organizationId, { ...fields, id: assessmentId }, questions, created)
  const { id: paperId } = await paperOf(db, assessmentId)
  for (const [index, sitting] of sittings.entries()) {
    await breathe()
    const beneficiaryId = learnerIds[sitting.learner]
    if (beneficiaryId === undefined) throw new Error(`Nobody is learner ${sitting.learner}.`)
    const earlier = sittings.slice(0, index).filter(({ learner }) => learner === sitting.learner)
    const attemptNumber = earlier.length + 1
    const taken = { organizationId: author.organizationId, assessmentId, beneficiaryId, paperId, attemptNumber }
    await sit(db, { ...taken, timeLimit: fields.timeLimit, questions, sitting }, now)
  }
  await setAssessmentStatus(db, assessmentId, status, lastEvening(assessment, now))
}

/** Of the last day on which somebody took it, or on which it was published; not today's, which is still to come. */
function lastEvening({ createdDaysAgo, sittings }: PracticeAssessment, now: string): string {
  const lastDay = Math.min(createdDaysAgo, ...sittings.map((sitting) => sitting.daysAgo))
  return daysBefore(now, Math.max(1, lastDay), 9 * 60)
}
