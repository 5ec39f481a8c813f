import type { Assessment, AssessmentFields } from '../../../../shared/contract/assessments.ts'

/** What of an assessment its author writes. */
export function fieldsOf(assessment: Assessment): AssessmentFields {
  const { title, description, type, timeLimit, passingScore, attemptsAllowed, beneficiaryId } = assessment
  return { title, description, type, timeLimit, passingScore, attemptsAllowed, beneficiaryId }
}
