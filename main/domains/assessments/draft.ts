import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { assessmentById } from './queries.ts'

/** An assessment out of reach is reported as missing, so that ids cannot be probed. */
export async function knownAssessment(db: Reader, scope: Scope, id: Id) {
  const assessment = await assessmentById(db, scope, id)
  if (!assessment) throw new Refusal('notFound', 'assessment.notFound')
  return assessment
}

export async function draftAssessment(db: Reader, scope: Scope, id: Id) {
  const assessment = await knownAssessment(db, scope, id)
  if (assessment.status !== 'draft') throw new Refusal('conflict', 'assessment.notDraft')
  return assessment
}
