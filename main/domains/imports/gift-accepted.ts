import type { AcceptedAnswer } from '../../../shared/contract/questions.ts'
import type { Finding } from './finding.ts'
import { creditOf, shortfall } from './gift-credits.ts'
import { rangeOf } from './gift-numbers.ts'
import type { Gift, GiftChoice, GiftNumber } from './gift-parser.ts'
import type { MarkupReader } from './markup.ts'

interface Accepted {
  answers: { type: 'short_answer'; accepted: AcceptedAnswer[] }
  findings: Finding[]
}

export function acceptedFrom(gift: Gift<'Short'> | Gift<'Numerical'>, reader: MarkupReader): Accepted {
  const accepted = gift.choices.map((answer): AcceptedAnswer => {
    const rest = { credit: creditOf(answer), feedback: reader.readOptional(answer.feedback) }
    if ('type' in answer.text) return { ...rangeOf(answer.text), ...rest }
    return { ...textPattern(textOf(answer, reader)), ...rest }
  })
  const findings = shortfall(Math.max(0, ...accepted.map((answer) => answer.credit)))
  return { answers: { type: 'short_answer', accepted }, findings }
}

function textOf({ text }: GiftChoice | GiftNumber, reader: MarkupReader): string {
  if ('format' in text) return reader.read(text)
  return 'text' in text ? text.text : ''
}

/** `*` stands for any text, `\*` for a star. */
export function textPattern(text: string): { text: string; wildcard?: true } {
  return /(?<!\\)\*/.test(text) ? { text, wildcard: true } : { text: text.replaceAll('\\*', '*') }
}
