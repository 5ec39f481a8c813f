import type { AskedAnalysis } from '../../../shared/contract/analytics.ts'
import type { ReadContext } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import { analyseAssessment } from './analyse-assessment.ts'

export function items({ db, actor }: ReadContext, asked: AskedAnalysis) {
  return analyseAssessment(db, scopeOf(actor), asked)
}
