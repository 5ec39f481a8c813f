import type { Rubric } from './contract/questions.ts'

/** The level that was chosen for each criterion, by their ids. */
export type RubricChoice = Record<string, string>

/** Points for the chosen levels, in hundredths; undefined as long as a criterion has no level of its own. */
export function rubricPoints(rubric: Rubric, chosen: RubricChoice, points: number): number | undefined {
  const shares = rubric.map(({ id, weight, levels }) => {
    const level = levels.find((one) => one.id === chosen[id])
    return level && (weight / 100) * (level.share / 100)
  })
  if (shares.includes(undefined)) return undefined
  const share = shares.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  return Math.round(Math.min(1, share) * points * 100) / 100
}
