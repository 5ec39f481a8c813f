import type { AskedAnalysis } from '../../../shared/contract/analytics.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext } from '../../context.ts'
import { analyseAssessment } from './analyse-assessment.ts'

export function items({ db, actor }: ReadContext, asked: AskedAnalysis) {
  return analyseAssessment(db, organizationOf(actor), asked)
}
