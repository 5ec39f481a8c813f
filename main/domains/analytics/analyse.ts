import type { ItemStatistics, TestStatistics } from '../../../shared/contract/analytics.ts'
import type { AuthoredQuestion } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { answerTable } from './answer-table.ts'
import { discriminationIndex, discriminativeEfficiency, extremeGroups, upperLowerIndex } from './discrimination.ts'
import { flagsOf } from './flags.ts'
import { correlation, covariance, mean, median, sum, variance } from './moments.ts'
import { randomGuess } from './random-guess.ts'
import { cronbachAlpha, standardError } from './reliability.ts'

export interface AnalysedAttempt {
  beneficiaryId: Id
  /** What the questions that were asked earned, and what was answered; nothing for a question that was not drawn. */
  marks: ReadonlyMap<Id, { points: number; answer: string }>
  passed: boolean | null
}

export interface Analysis {
  test: TestStatistics
  items: ItemStatistics[]
}

/** Item analysis from classical test theory. `maxScore` in points; `breathe` is called between items. */
export async function analyse(
  questions: readonly AuthoredQuestion[],
  attempts: readonly AnalysedAttempt[],
  maxScore: number,
  breathe: () => Promise<void>,
): Promise<Analysis> {
  const totals = attempts.map(({ marks }) => sum([...marks.values()].map(({ points }) => points)))
  const series = questions.map((authored) => seriesOf(authored, attempts, totals))
  const isDrawn = series.some(({ points }) => points.length < attempts.length)
  const scores = series.map(({ points }) => points)
  const alpha = isDrawn ? null : cronbachAlpha(scores)
  const weights = series.map(weightOf)
  const allWeights = weights.every((weight) => weight !== null) ? sum(weights) : 0

  const items: ItemStatistics[] = []
  for (const [index, one] of series.entries()) {
    await breathe()
    const weight = weights[index] ?? null
    const item = {
      ...itemOf(one),
      intendedWeight: maxScore > 0 ? one.authored.question.points / maxScore : null,
      effectiveWeight: weight !== null && allWeights > 0 ? weight / allWeights : null,
      alphaWithout: isDrawn ? null : cronbachAlpha(scores.toSpliced(index, 1)),
    }
    items.push({ ...item, flags: flagsOf(item) })
  }
  return { test: testOf({ attempts, totals, series, maxScore, alpha, isDrawn }), items }
}

interface Series {
  authored: AuthoredQuestion
  /** Of the attempts that were asked this question, in one order. */
  points: number[]
  answers: string[]
  totals: number[]
}

function seriesOf(authored: AuthoredQuestion, attempts: readonly AnalysedAttempt[], totals: readonly number[]): Series {
  const series: Series = { authored, points: [], answers: [], totals: [] }
  for (const [index, { marks }] of attempts.entries()) {
    const mark = marks.get(authored.id)
    if (!mark) continue
    series.points.push(mark.points)
    series.answers.push(mark.answer)
    series.totals.push(totals[index] ?? 0)
  }
  return series
}

function itemOf({ authored: { id, question }, points, answers, totals }: Series) {
  const shares = points.map((one) => (question.points === 0 ? 0 : one / question.points))
  const groups = extremeGroups(totals)
  const rests = totals.map((total, attempt) => total - (points[attempt] ?? 0))
  const spread = variance(shares)
  return {
    questionId: id,
    question,
    attempts: points.length,
    facility: mean(shares),
    standardDeviation: spread === null ? null : Math.sqrt(spread),
    discrimination: discriminationIndex(points, totals),
    itemTotal: correlation(points, totals),
    upperLower: upperLowerIndex(shares, groups),
    discriminativeEfficiency: discriminativeEfficiency(points, totals),
    randomGuess: randomGuess(question),
    answers: answerTable(question, { answers, rests, groups }),
  }
}

/**
 * What an item contributes to the differences of the whole score: the root of its covariance with the total.
 * Source: Moodle documentation, Quiz statistics calculations, "Effective question weight". Moodle leaves an item open whose
 * covariance is negative; here it has no weight, so that all weights add up to the whole.
 */
function weightOf({ points, totals }: Series): number | null {
  const together = covariance(points, totals)
  return together === null ? null : Math.sqrt(Math.max(0, together))
}

interface Tested {
  attempts: readonly AnalysedAttempt[]
  totals: readonly number[]
  series: readonly Series[]
  maxScore: number
  alpha: number | null
  isDrawn: boolean
}

function testOf({ attempts, totals, series, maxScore, alpha, isDrawn }: Tested): TestStatistics {
  const spread = variance(totals)
  const verdicts = attempts.map(({ passed }) => passed).filter((passed) => passed !== null)
  return {
    attempts: attempts.length,
    learners: new Set(attempts.map(({ beneficiaryId }) => beneficiaryId)).size,
    maxScore,
    mean: mean(totals),
    median: median(totals),
    standardDeviation: spread === null ? null : Math.sqrt(spread),
    lowest: totals.length === 0 ? null : Math.min(...totals),
    highest: totals.length === 0 ? null : Math.max(...totals),
    passRate: mean(verdicts.map((passed) => (passed ? 1 : 0))),
    alpha,
    isKr20: series.every(({ authored, points }) =>
      points.every((one) => one === 0 || one === authored.question.points),
    ),
    isDrawn,
    standardError: standardError(totals, alpha),
  }
}
