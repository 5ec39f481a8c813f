import type { AuthoredQuestion } from '../../../../shared/contract/assessments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { creditOf } from '../../../../shared/scoring.ts'
import { generatedAnswer } from './answers.ts'
import type { Random } from './random.ts'

export interface GivenAnswer {
  questionId: Id
  answer: string
  /** 0 to 1; null: the essay waits for a person. */
  credit: number | null
  seconds: number
}

/** What somebody answers in one attempt; questions they leave out are missing. */
export function generatedSitting(questions: readonly AuthoredQuestion[], random: Random): GivenAnswer[] {
  const ability = 0.35 + 0.6 * random.next()
  return questions.flatMap(({ id, question }) => {
    const answer = generatedAnswer(question, ability, random)
    if (answer === '') return []
    return { questionId: id, answer, credit: markOf(question, answer, random), seconds: 10 + random.below(110) }
  })
}

/** Trainers give essays quarters of their points, and have read nine in ten. */
function markOf(question: Question, answer: string, random: Random): number | null {
  if (question.type !== 'essay') return creditOf(question, answer)
  return random.chance(0.9) ? random.below(5) / 4 : null
}
