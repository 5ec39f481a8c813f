import type { LearnerReport, SheetWords } from '../../../shared/contract/reports.ts'
import type { Table } from '../../sheets/table-file.ts'
import { categorySheet } from './category-sheet.ts'
import { isoMinute, yesOrNo } from './sheet-values.ts'

/** The learner report as tables: nothing is worked out here that the screen does not show. */
export function learnerSheets(report: LearnerReport, words: SheetWords): Table[] {
  return [
    attemptSheet(report, words),
    assessmentSheet(report, words),
    categorySheet(report.categories, words),
    {
      name: words['sheet.comments'],
      columns: [words['column.assessment'], words['column.question'], words['column.comment']],
      rows: report.comments.map(({ title, question, comment }) => [title, question, comment]),
    },
  ]
}

function attemptSheet({ attempts }: LearnerReport, words: SheetWords): Table {
  return {
    name: words['sheet.attempts'],
    columns: [
      words['column.handedIn'],
      words['column.assessment'],
      words['column.attempt'],
      words['column.points'],
      words['column.mostPoints'],
      words['column.percent'],
      words['column.isPassed'],
      words['column.isOverridden'],
    ],
    rows: attempts.map((attempt) => [
      isoMinute(attempt.submittedAt),
      attempt.title,
      attempt.attemptNumber,
      attempt.score,
      attempt.maxScore,
      attempt.percentage,
      yesOrNo(attempt.passed, words),
      yesOrNo(attempt.isOverridden, words),
    ]),
  }
}

function assessmentSheet({ assessments }: LearnerReport, words: SheetWords): Table {
  return {
    name: words['sheet.assessments'],
    columns: [
      words['column.assessment'],
      words['column.attempts'],
      words['column.first'],
      words['column.last'],
      words['column.best'],
      words['column.isPassed'],
    ],
    rows: assessments.map(({ title, attempts, first, last, best, passed }) => [
      title,
      attempts,
      first,
      last,
      best,
      yesOrNo(passed, words),
    ]),
  }
}
