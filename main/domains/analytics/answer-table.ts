import type { AnswerCount } from '../../../shared/contract/analytics.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { acceptedAs, chosenOptions, creditOf } from '../../../shared/scoring.ts'
import type { extremeGroups } from './discrimination.ts'
import { correlation } from './moments.ts'

interface Given {
  /** One for each attempt; empty: not answered. */
  answers: readonly string[]
  /** The rest of the score of each attempt. */
  rests: readonly number[]
  groups: ReturnType<typeof extremeGroups>
}

/** What was answered how often, and by whom: the table of distractors for choices. */
export function answerTable(question: Question, { answers, rests, groups }: Given): AnswerCount[] {
  return kindsOf(question).map(({ answer, credit, fits }) => {
    const gave = answers.map((one) => fits(one))
    const countIn = (group: readonly number[]) => group.filter((attempt) => gave[attempt]).length
    return {
      answer,
      credit,
      count: gave.filter(Boolean).length,
      upper: countIn(groups.upper),
      lower: countIn(groups.lower),
      discrimination: correlation(
        gave.map((one) => (one ? 1 : 0)),
        rests,
      ),
    }
  })
}

interface Kind {
  answer: string
  credit: number | null
  fits(answer: string): boolean
}

function kindsOf(question: Question): Kind[] {
  const empty: Kind = { answer: 'empty', credit: 0, fits: (answer) => answer === '' }
  switch (question.type) {
    case 'multiple_choice':
      return [
        ...question.options.map(({ id, credit }) => ({
          answer: id,
          credit: credit / 100,
          fits: (answer: string) => chosenOptions(answer).includes(id),
        })),
        empty,
      ]
    case 'true_false':
      return [
        ...['true', 'false'].map((value) => ({
          answer: value,
          credit: creditOf(question, value),
          fits: (answer: string) => answer === value,
        })),
        empty,
      ]
    case 'short_answer':
      return [
        ...question.accepted.map((accepted, index) => ({
          answer: `accepted:${index}`,
          credit: accepted.credit / 100,
          fits: (answer: string) => answer !== '' && acceptedAs(question, answer) === accepted,
        })),
        {
          answer: 'other',
          credit: 0,
          fits: (answer: string) => answer !== '' && acceptedAs(question, answer) === undefined,
        },
        empty,
      ]
    case 'essay':
      return [{ answer: 'other', credit: null, fits: (answer) => answer !== '' }, empty]
  }
}
