import { type Assessment, AssessmentFields } from '../../../../shared/contract/assessments.ts'

/** What of an assessment its author writes. */
export function fieldsOf(assessment: Assessment): AssessmentFields {
  return AssessmentFields.parse(assessment)
}
