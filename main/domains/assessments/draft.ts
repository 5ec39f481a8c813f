import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader } from '../../database/database.ts'
import { assessmentById } from './queries.ts'

/** Another organization's assessment is reported as missing, so that ids cannot be probed. */
export async function knownAssessment(db: Reader, organizationId: Id, id: Id) {
  const assessment = await assessmentById(db, organizationId, id)
  if (!assessment) throw new Refusal('notFound', 'assessment.notFound')
  return assessment
}

export async function draftAssessment(db: Reader, organizationId: Id, id: Id) {
  const assessment = await knownAssessment(db, organizationId, id)
  if (assessment.status !== 'draft') throw new Refusal('conflict', 'assessment.notDraft')
  return assessment
}
