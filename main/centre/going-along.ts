import type { TableName } from '../database/registry.ts'

/**
 * What of somebody goes along into another organization: their own file. A row goes only with all that it cannot be without
 * (a reference with CASCADE or RESTRICT); what it may be without (SET NULL) is emptied where it stays behind. So answers and
 * results go where the assessment is that person's alone, and stay where it is given to others as well. Everything that is not
 * named here is the organization's: what it agreed with the person, who handed them to whom, who is linked with them.
 */
export const goingAlong: ReadonlySet<TableName> = new Set([
  'users',
  'profiles',
  'beneficiaries',
  'learner_credentials',
  'assessments',
  'questions',
  'papers',
  'attempts',
  'attempt_incidents',
  'attempt_receipts',
  'responses',
  'marks',
  'assessment_results',
  'appointments',
  'attendance',
  'documents',
  'goals',
])

/** References that name the trainer after, instead of nobody: whose the person is, and who marks what only they are given. */
export const becomesTrainer: ReadonlySet<string> = new Set(['beneficiaries.trainer_id', 'assessments.trainer_id'])
