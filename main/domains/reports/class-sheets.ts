import type { ClassReport, SheetWords } from '../../../shared/contract/reports.ts'
import type { Cell } from '../../sheets/cells.ts'
import type { Table } from '../../sheets/table-file.ts'
import { categorySheet } from './category-sheet.ts'
import { isoMinute, percentOf, toHundredths, yesOrNo } from './sheet-values.ts'

/** The class report as tables: nothing is worked out here that the screen does not show. */
export function classSheets(report: ClassReport, words: SheetWords): Table[] {
  return [
    summarySheet(report, words),
    learnerSheet(report, words),
    distributionSheet(report, words),
    categorySheet(report.categories, words),
    itemSheet(report, words),
  ]
}

function summarySheet(report: ClassReport, words: SheetWords): Table {
  const { counts } = report
  const facts: [keyof SheetWords, Cell][] = [
    ['fact.title', report.title],
    ['fact.group', report.groupName ?? words['fact.everybody']],
    ['fact.passingScore', report.passingScore],
    ['fact.expected', counts.expected],
    ['fact.passed', counts.passed],
    ['fact.failed', counts.failed],
    ['fact.graded', counts.graded],
    ['fact.waiting', counts.waiting],
    ['fact.running', counts.running],
    ['fact.missing', counts.missing],
    ['fact.missingNotListed', report.missingNotListed],
    ['fact.mean', toHundredths(report.mean)],
    ['fact.median', toHundredths(report.median)],
    ['fact.lowest', toHundredths(report.lowest)],
    ['fact.highest', toHundredths(report.highest)],
    ['fact.spread', toHundredths(report.standardDeviation)],
  ]
  return {
    name: words['sheet.summary'],
    columns: [words['column.name'], words['column.value']],
    rows: facts.map(([word, value]) => [words[word], value]),
  }
}

function learnerSheet({ learners }: ClassReport, words: SheetWords): Table {
  return {
    name: words['sheet.learners'],
    columns: [
      words['column.name'],
      words['column.state'],
      words['column.points'],
      words['column.mostPoints'],
      words['column.percent'],
      words['column.isOverridden'],
      words['column.attempts'],
      words['column.handedIn'],
    ],
    rows: learners.map((learner) => [
      learner.name,
      words[`state.${learner.standing}`],
      learner.score,
      learner.maxScore,
      learner.percentage,
      yesOrNo(learner.isOverridden, words),
      learner.attempts,
      isoMinute(learner.submittedAt),
    ]),
  }
}

function distributionSheet({ distribution }: ClassReport, words: SheetWords): Table {
  return {
    name: words['sheet.distribution'],
    columns: [words['column.from'], words['column.to'], words['column.count']],
    rows: distribution.map(({ from, to, count }) => [from, to, count]),
  }
}

function itemSheet({ items }: ClassReport, words: SheetWords): Table {
  return {
    name: words['sheet.items'],
    columns: [
      words['column.number'],
      words['column.question'],
      words['column.attempts'],
      words['column.facility'],
      words['column.discrimination'],
      words['column.flags'],
    ],
    rows: items.map((item) => [
      item.number,
      item.text,
      item.attempts,
      percentOf(item.facility),
      toHundredths(item.discrimination),
      item.flags.map((kind) => words[`flag.${kind}`]).join(' '),
    ]),
  }
}
