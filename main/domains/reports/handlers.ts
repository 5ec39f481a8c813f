import type { AskedAnalysis } from '../../../shared/contract/analytics.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { AskedClass, SheetFormat, SheetWords } from '../../../shared/contract/reports.ts'
import type { ReadContext } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import { tableFile } from '../../sheets/table-file.ts'
import { analyseAssessment } from '../analytics/analyse-assessment.ts'
import { analysisSheets } from './analysis-sheets.ts'
import { classReport } from './class-report.ts'
import { classSheets } from './class-sheets.ts'
import { learnerReport } from './learner-report.ts'
import { learnerSheets } from './learner-sheets.ts'

interface WishedFile {
  format: SheetFormat
  words: SheetWords
}

async function classOf({ db, actor }: ReadContext, asked: AskedClass) {
  return classReport(db, scopeOf(actor), asked)
}

export { classOf as class }

export async function classFile(context: ReadContext, { format, words, ...asked }: AskedClass & WishedFile) {
  const report = await classOf(context, asked)
  return tableFile(report.title, format, classSheets(report, words))
}

export async function learner({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  return learnerReport(db, scopeOf(actor), beneficiaryId)
}

export async function learnerFile(
  context: ReadContext,
  { format, words, ...asked }: { beneficiaryId: Id } & WishedFile,
) {
  const report = await learner(context, asked)
  return tableFile(report.name, format, learnerSheets(report, words))
}

export async function analysisFile(
  { db, actor }: ReadContext,
  { format, words, ...asked }: AskedAnalysis & WishedFile,
) {
  const analysis = await analyseAssessment(db, scopeOf(actor), asked)
  return tableFile(analysis.title, format, analysisSheets(analysis, words))
}
