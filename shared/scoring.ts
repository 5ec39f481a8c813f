import type { AcceptedAnswer, Question } from './contract/questions.ts'
import { fold } from './fold.ts'

/** What an answer is worth: the share of the points from 0 to 1, or null where only a person can tell. */
export function creditOf(question: Question, answer: string): number | null {
  if (answer === '') return 0
  switch (question.type) {
    case 'multiple_choice': {
      const chosen = new Set(chosenOptions(answer))
      const percents = question.options.filter((option) => chosen.has(option.id)).map((option) => option.credit)
      return share(percents.reduce((sum, percent) => sum + percent, 0))
    }
    case 'true_false':
      return answer === String(question.correct) ? 1 : 0
    case 'short_answer':
      return share(acceptedAs(question.accepted, answer)?.credit ?? 0)
    case 'essay':
      return null
  }
}

/** The ids in an answer to a multiple-choice question. */
export function chosenOptions(answer: string): string[] {
  return answer === '' ? [] : answer.split(',')
}

/** The best of the accepted answers that this one fits. */
export function acceptedAs(accepted: readonly AcceptedAnswer[], answer: string): AcceptedAnswer | undefined {
  const text = fold(answer)
  const number = numberIn(answer)
  return accepted
    .filter((one) =>
      'text' in one ? fold(one.text) === text : number !== undefined && number >= one.min && number <= one.max,
    )
    .reduce<AcceptedAnswer | undefined>((best, one) => (best && best.credit >= one.credit ? best : one), undefined)
}

/** Reads a number as people write it: comma or point, Arabic or Persian digits, a minus sign of any kind. */
export function numberIn(text: string): number | undefined {
  const plain = text
    .trim()
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\u066B,]/g, '.')
    .replace(/[\u2212\u2013]/g, '-')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined
}

/** Points for a share of them, to a hundredth, so that a third of 100 does not print as 33.333333333333336. */
export function pointsFor(credit: number, points: number): number {
  return Math.round(credit * points * 100) / 100
}

/** Credits of thirds add up to 99.99999 percent, which means all of it. */
function share(percent: number): number {
  return Math.min(1, Math.max(0, Math.round(percent * 1000) / 100_000))
}
