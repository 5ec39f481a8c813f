import type { CategoryShare, categoryStandings } from '../../../shared/contract/reports.ts'

export interface CategoryPoints {
  category: string | null
  /** How many answers earned these points. */
  answers: number
  points: number
  maxPoints: number
}

/** Adds up the points of each category, in the order of names, questions without one last. */
export function categoryShares(parts: readonly CategoryPoints[]): CategoryShare[] {
  return [...Map.groupBy(parts, ({ category }) => category)]
    .map(([category, own]) => {
      const points = rounded(total(own, 'points'))
      const maxPoints = total(own, 'maxPoints')
      const share = maxPoints === 0 ? null : points / maxPoints
      return { category, answers: total(own, 'answers'), points, maxPoints, share }
    })
    .sort((a, b) => Number(a.category === null) - Number(b.category === null) || byName(a.category, b.category))
}

/** Fewer answers than this say more about chance than about the learner. */
const enoughAnswers = 3
const strong = 0.8
const weak = 0.5

export function standingIn({ answers, share }: CategoryShare): (typeof categoryStandings)[number] {
  if (answers < enoughAnswers || share === null) return 'tooFew'
  if (share >= strong) return 'strength'
  return share < weak ? 'gap' : 'between'
}

function total(parts: readonly CategoryPoints[], of: 'answers' | 'points' | 'maxPoints'): number {
  return parts.reduce((sum, part) => sum + part[of], 0)
}

function byName(a: string | null, b: string | null): number {
  return (a ?? '').localeCompare(b ?? '')
}

/** To a hundredth, as points are. */
function rounded(points: number): number {
  return Math.round(points * 100) / 100
}
