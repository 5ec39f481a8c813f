import { randomInt } from 'node:crypto'
import * as z from 'zod'
import type { AssessmentSettings, AuthoredQuestion } from '../../../shared/contract/assessments.ts'
import { Id } from '../../../shared/contract/base.ts'
import { OptionId } from '../../../shared/contract/questions.ts'
import { filledPools, isDrawn } from '../../../shared/pools.ts'

/** Which questions an attempt is asked, in which order, with the options in which order. */
export const Draw = z.array(z.object({ questionId: Id, options: z.array(OptionId).optional() }))
export type Draw = z.infer<typeof Draw>

/** A whole number from 0 to below this bound, each as likely as any other. */
export type Chance = (bound: number) => number

/** Undefined where everybody is asked the paper as it stands. */
export function drawFor(
  questions: readonly AuthoredQuestion[],
  rules: AssessmentSettings,
  chance: Chance = (bound) => randomInt(bound),
): Draw | undefined {
  if (rules.pools.length === 0 && !rules.shuffleQuestions && !rules.shuffleOptions) return undefined
  const lucky = new Set(
    filledPools(questions, rules).flatMap((pool) =>
      shuffled(pool.questions, chance)
        .slice(0, pool.draw)
        .map(({ id }) => id),
    ),
  )
  const asked = questions.filter((one) => !isDrawn(one, rules) || lucky.has(one.id))
  const ordered = rules.shuffleQuestions ? shuffled(asked, chance) : asked
  return ordered.map(({ id, question }) => {
    const isShuffled = rules.shuffleOptions && question.type === 'multiple_choice' && !question.keepOrder
    if (!isShuffled) return { questionId: id }
    return { questionId: id, options: shuffled(question.options, chance).map((option) => option.id) }
  })
}

/** The questions of an attempt as this learner meets them; without a draw, all of the paper. */
export function asDrawn(questions: AuthoredQuestion[], draw: Draw | null): AuthoredQuestion[] {
  if (draw === null) return questions
  const known = new Map(questions.map((one) => [one.id, one]))
  return draw.flatMap(({ questionId, options }) => {
    const found = known.get(questionId)
    return found ? [withOptionsIn(found, options)] : []
  })
}

function withOptionsIn(authored: AuthoredQuestion, order: readonly string[] | undefined): AuthoredQuestion {
  const { question } = authored
  if (!order || question.type !== 'multiple_choice') return authored
  const options = question.options.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  return { ...authored, question: { ...question, options } }
}

/** Fisher and Yates' shuffle (Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm P). */
function shuffled<T>(things: readonly T[], chance: Chance): T[] {
  const mixed = [...things]
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = chance(last + 1)
    ;[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]
  }
  return mixed
}
