import type { AcceptedAnswer, Question } from '../../../shared/contract/questions.ts'
import { isMisread, spelledText } from './gift-texts.ts'

type Of<Type extends Question['type']> = Extract<Question, { type: Type }>

/** What stands between the braces of a question. */
export function answersInBraces(question: Question): string {
  const general = question.feedback === undefined ? '' : ` ####${written(question.feedback)}`
  return answers(question) + general
}

function answers(question: Question): string {
  switch (question.type) {
    case 'multiple_choice':
      return choices(question)
    case 'true_false':
      return trueFalse(question)
    case 'short_answer':
      return isAllNumbers(question) ? numbers(question) : texts(question)
    case 'essay':
      return ''
  }
}

/** A `=` anywhere makes it a choice of one; where all options are right, one of them has to say so by its weight. */
function choices({ selection, options }: Of<'multiple_choice'>): string {
  const best = Math.max(...options.map(({ credit }) => credit))
  const right = selection === 'one' ? options.findIndex(({ credit }) => credit === best) : -1
  return lines(
    options.map(({ text, credit, feedback }, index) => {
      const sign =
        index === right ? `=${credit === 100 ? '' : weight(credit)}` : `~${credit === 0 ? '' : weight(credit)}`
      return `${sign}${written(text)}${endOf(text, feedback)}`
    }),
  )
}

/** What a wrong answer is told stands first. */
function trueFalse({ correct, feedbackTrue, feedbackFalse }: Of<'true_false'>): string {
  const [right, wrong] = correct ? [feedbackTrue, feedbackFalse] : [feedbackFalse, feedbackTrue]
  const first = wrong === undefined && right === undefined ? '' : `#${wrong === undefined ? '' : written(wrong)}`
  return `${correct ? 'TRUE' : 'FALSE'}${first}${told(right)}`
}

function texts({ accepted }: Of<'short_answer'>): string {
  return lines(
    accepted.flatMap((answer) => {
      if (!('text' in answer)) return []
      const text = answer.wildcard ? answer.text : answer.text.replaceAll('*', '\\*')
      return `=${answer.credit === 100 ? '' : weight(answer.credit)}${written(text)}${endOf(text, answer.feedback)}`
    }),
  )
}

function numbers({ accepted }: Of<'short_answer'>): string {
  const written = accepted.map((answer) => {
    const range = 'min' in answer ? rangeOf(answer) : '*'
    return `=${answer.credit === 100 ? '' : weight(answer.credit)}${range}${told(answer.feedback)}`
  })
  return `#${lines(written)}`
}

function rangeOf({ min, max }: { min: number; max: number }): string {
  return min === max ? decimal(min) : `${decimal(min)}..${decimal(max)}`
}

/** A numerical question accepts numbers, and `*` for all others. */
export function isAllNumbers({ accepted }: Of<'short_answer'>): boolean {
  return accepted.some((one) => 'min' in one) && accepted.every((one) => 'min' in one || isCatchAll(one))
}

function isCatchAll(answer: AcceptedAnswer): boolean {
  return 'text' in answer && answer.wildcard === true && answer.text === '*'
}

function lines(parts: string[]): string {
  return parts.map((part) => `\n\t${part}`).join('')
}

/** An answer with an arrow and nothing behind it would be taken for a pair. */
function endOf(text: string, feedback: string | undefined): string {
  return feedback === undefined && text.includes('->') ? '#' : told(feedback)
}

function told(feedback: string | undefined): string {
  return feedback === undefined ? '' : `#${written(feedback)}`
}

function written(text: string): string {
  return `${isMisread(text) ? '[plain]' : ''}${spelledText(text)}`
}

function weight(credit: number): string {
  return `%${decimal(credit)}%`
}

/** Digits alone, since GIFT knows no exponents. */
export function decimal(number: number): string {
  const [mantissa = '', exponent] = String(number).split('e')
  if (exponent === undefined) return mantissa
  const sign = number < 0 ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const places = Number(exponent)
  if (places < 0) return `${sign}0.${'0'.repeat(-places - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction.padEnd(places, '0')}`
}
