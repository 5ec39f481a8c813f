import { changed, type Finding, skipped } from './finding.ts'

/** What the author wrote, or all of the points for a right answer and none for a wrong one. */
export function creditOf({ weight, isCorrect }: { weight: number | null; isCorrect: boolean }): number {
  return weight ?? (isCorrect ? 100 : 0)
}

/** Credits that add up to nearly 100, as three times 33, mean all of it. */
export function filledUp(credits: number[]): number[] {
  const gap = Math.abs(sumOfPositive(credits) - 100)
  if (gap < 0.001 || gap > 1) return credits
  const scale = 100 / sumOfPositive(credits)
  return credits.map((credit) => (credit > 0 ? Math.round(credit * scale * 1e5) / 1e5 : credit))
}

/** What to say where nobody can earn all points. `best` is the most that anybody can, in percent. */
export function shortfall(best: number): Finding[] {
  if (best > 99.99) return []
  return best > 0 ? [changed('noRightAnswer', `the best answer earns ${best} %`)] : [skipped('noRightAnswer', '')]
}

export function sumOfPositive(credits: number[]): number {
  return credits.reduce((sum, credit) => sum + Math.max(0, credit), 0)
}
