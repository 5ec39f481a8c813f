import type { ChoiceOption, Question } from '../../../shared/contract/questions.ts'
import { optionId } from './choices.ts'
import { changed, type Finding } from './finding.ts'
import { creditOf, filledUp, shortfall, sumOfPositive } from './gift-credits.ts'
import type { Gift } from './gift-parser.ts'
import type { MarkupReader } from './markup.ts'

type MultipleChoice = Extract<Question, { type: 'multiple_choice' }>

interface Choices {
  answers: Pick<MultipleChoice, 'type' | 'selection' | 'options'>
  findings: Finding[]
}

/**
 * As Moodle reads it: with a `=` anywhere one option is chosen, and each `=` is right by itself; with weights alone
 * several are chosen and their credits add up.
 */
export function choicesFrom(gift: Gift<'MC'>, reader: MarkupReader): Choices {
  const written = gift.choices.map(creditOf)
  const selection = gift.choices.some((choice) => choice.isCorrect) ? 'one' : 'many'
  const credits = selection === 'many' ? filledUp(written) : written
  const options = gift.choices.map(
    (choice, index): ChoiceOption => ({
      id: optionId(index),
      text: reader.read(choice.text),
      credit: credits[index] ?? 0,
      feedback: reader.readOptional(choice.feedback),
    }),
  )

  const findings = shortfall(selection === 'many' ? sumOfPositive(credits) : Math.max(...credits))
  if (credits !== written) findings.push(changed('partialCreditRounded', `${sumOfPositive(written)} % → 100 %`))
  return { answers: { type: 'multiple_choice', selection, options }, findings }
}
