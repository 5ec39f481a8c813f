import type { CategoryShare, LearnerReport, SheetWords } from '../../../shared/contract/reports.ts'
import type { Table } from '../../sheets/table-file.ts'
import { percentOf } from './sheet-values.ts'

/** Points by category; with the standing where it is about one learner. */
export function categorySheet(
  categories: readonly (CategoryShare & Partial<LearnerReport['categories'][number]>)[],
  words: SheetWords,
): Table {
  const hasStandings = categories.some(({ standing }) => standing !== undefined)
  return {
    name: words['sheet.categories'],
    columns: [
      words['column.category'],
      words['column.answers'],
      words['column.points'],
      words['column.mostPoints'],
      words['column.percent'],
      ...(hasStandings ? [words['column.standing']] : []),
    ],
    rows: categories.map(({ category, answers, points, maxPoints, share, standing }) => [
      category ?? words['word.noCategory'],
      answers,
      points,
      maxPoints,
      percentOf(share),
      ...(standing === undefined ? [] : [words[`standing.${standing}`]]),
    ]),
  }
}
