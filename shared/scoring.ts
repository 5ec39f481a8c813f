import type { AcceptedAnswer, Question } from './contract/questions.ts'
import { latinDigits } from './digits.ts'
import { fold } from './fold.ts'

/**
 * What an answer is worth: the share of the points, from -1 (a wrong choice that its author made costly) to 1, or null
 * where only a person can tell.
 */
export function creditOf(question: Question, answer: string): number | null {
  if (answer === '') return 0
  switch (question.type) {
    case 'multiple_choice': {
      const chosen = new Set(chosenOptions(answer))
      const percents = question.options.filter((option) => chosen.has(option.id)).map((option) => option.credit)
      const sum = share(percents.reduce((total, percent) => total + percent, 0))
      return question.selection === 'many' ? Math.max(0, sum) : sum
    }
    case 'true_false':
      return answer === String(question.correct) ? 1 : 0
    case 'short_answer':
      return share(acceptedAs(question, answer)?.credit ?? 0)
    case 'essay':
      return null
  }
}

/** The ids in an answer to a multiple-choice question. */
export function chosenOptions(answer: string): string[] {
  return answer === '' ? [] : answer.split(',')
}

type ShortAnswer = Extract<Question, { type: 'short_answer' }>

/** The best of the accepted answers that this one fits. */
export function acceptedAs(
  question: Pick<ShortAnswer, 'accepted' | 'caseMatters' | 'accentsMatter'>,
  answer: string,
): AcceptedAnswer | undefined {
  const spelt = (text: string) => fold(text, question)
  const given = spelt(answer)
  const number = numberIn(answer)
  return question.accepted
    .filter((one) => {
      if (!('text' in one)) return number !== undefined && number >= one.min && number <= one.max
      return one.wildcard ? fits(one.text, given, spelt) : spelt(one.text) === given
    })
    .reduce<AcceptedAnswer | undefined>((best, one) => (best && best.credit >= one.credit ? best : one), undefined)
}

/** Stands for a wildcard while the pattern around it is folded; a private character, which folding leaves alone. */
const star = '\uE000'

/** Goes from star to star, leftmost first, so that no pattern takes longer than its length times that of the text. */
function fits(pattern: string, given: string, spelt: (text: string) => string): boolean {
  const starred = pattern.replaceAll(/\\?\*/g, (sign) => (sign === '*' ? star : '*'))
  const [first = '', ...others] = spelt(starred).split(star)
  const last = others.pop()
  if (last === undefined) return given === first
  if (!given.startsWith(first) || !given.endsWith(last)) return false
  let at = first.length
  for (const part of others) {
    const found = given.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= given.length - last.length
}

/** Reads a number as people write it: comma or point, Arabic or Persian digits, a minus sign of any kind. */
export function numberIn(text: string): number | undefined {
  const plain = latinDigits(text)
    .trim()
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
  return Math.min(1, Math.max(-1, Math.round(percent * 1000) / 100_000))
}
