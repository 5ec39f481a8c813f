import type { GradedAnswer } from '../../../shared/contract/results.ts'

/** `open`: the attempt still runs. */
export type Mark = 'right' | 'partly' | 'wrong' | 'waiting' | 'open'

export function markOf({ points, isCorrect, isWaiting }: GradedAnswer): Mark {
  if (isWaiting) return 'waiting'
  if (points === null) return 'open'
  if (isCorrect) return 'right'
  return points > 0 ? 'partly' : 'wrong'
}

/** Points that can be given: 0 to the points of the question, in hundredths. */
export function mayGive(points: number, most: number): boolean {
  return points >= 0 && points <= most && Math.abs(points * 100 - Math.round(points * 100)) < 1e-6
}
