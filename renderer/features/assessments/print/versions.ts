import type { AssessmentSettings, AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import { filledPools, isDrawn } from '../../../../shared/pools.ts'

export const mostVersions = 8

/** One way in which an assessment stands on paper; the letter is undefined where there is only one. */
export interface PaperVersion {
  letter: string | undefined
  questions: AuthoredQuestion[]
}

/** Whether papers can differ from each other at all. */
export function hasVersions({ shuffleQuestions, shuffleOptions, pools }: AssessmentSettings): boolean {
  return shuffleQuestions || shuffleOptions || pools.length > 0
}

/**
 * The versions A, B, … of a paper. The same assessment always gives the same ones, so that a key printed tomorrow fits the
 * papers of today.
 */
export function versionsOf(
  { id, questions, settings }: { id: number; questions: readonly AuthoredQuestion[]; settings: AssessmentSettings },
  count: number,
): PaperVersion[] {
  if (!hasVersions(settings)) return [{ letter: undefined, questions: [...questions] }]
  return Array.from({ length: count }, (_, index) => ({
    letter: 'ABCDEFGH'[index],
    questions: mixed(questions, settings, chanceFrom(id * mostVersions + index)),
  }))
}

/** A number from 0 to below 1. */
type Chance = () => number

function mixed(questions: readonly AuthoredQuestion[], settings: AssessmentSettings, chance: Chance) {
  const lucky = new Set(
    filledPools(questions, settings).flatMap((pool) => shuffled(pool.questions, chance).slice(0, pool.draw)),
  )
  const asked = questions.filter((one) => !isDrawn(one, settings) || lucky.has(one))
  const ordered = settings.shuffleQuestions ? shuffled(asked, chance) : asked
  return settings.shuffleOptions ? ordered.map((one) => withMixedOptions(one, chance)) : ordered
}

function withMixedOptions(authored: AuthoredQuestion, chance: Chance): AuthoredQuestion {
  const { question } = authored
  if (question.type !== 'multiple_choice' || question.keepOrder) return authored
  return { ...authored, question: { ...question, options: shuffled(question.options, chance) } }
}

/** Fisher and Yates' shuffle (Knuth, The Art of Computer Programming, volume 2, section 3.4.2, algorithm P). */
function shuffled<T>(things: readonly T[], chance: Chance): T[] {
  const rest = [...things]
  return things.flatMap(() => rest.splice(Math.floor(chance() * rest.length), 1))
}

/** Mulberry32 by Tommy Ettinger (public domain): the same numbers from the same seed on every machine. */
function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mix = Math.imul(state ^ (state >>> 15), state | 1)
    mix ^= mix + Math.imul(mix ^ (mix >>> 7), mix | 61)
    return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32
  }
}
