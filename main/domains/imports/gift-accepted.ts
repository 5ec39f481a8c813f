import type { AcceptedAnswer } from '../../../shared/contract/questions.ts'
import { changed, type Finding } from './finding.ts'
import { creditOf, shortfall } from './gift-credits.ts'
import { rangeOf } from './gift-numbers.ts'
import type { Gift, GiftChoice, GiftNumber } from './gift-parser.ts'
import type { MarkupReader } from './markup.ts'

interface Accepted {
  answers: { type: 'short_answer'; accepted: AcceptedAnswer[] }
  /** What everybody is told whose answer fits none of the others. */
  feedback: string[]
  findings: Finding[]
}

export function acceptedFrom(gift: Gift<'Short'> | Gift<'Numerical'>, reader: MarkupReader): Accepted {
  const catchAll = gift.choices.filter(isCatchAll)
  const expected = gift.choices.filter((answer) => !isCatchAll(answer))
  const findings: Finding[] = []
  const accepted = expected.map((answer): AcceptedAnswer => {
    const credit = creditOf(answer)
    const feedback = reader.readOptional(answer.feedback)
    if ('type' in answer.text) return { ...rangeOf(answer.text), credit, feedback }
    if (!('format' in answer.text)) throw new Error('a catch-all answer was taken for an expected one')
    const text = reader.read(answer.text)
    if (hasWildcard(text)) findings.push(changed('unsupportedType', `wildcard: ${text}`))
    return { text: withoutWildcards(text), credit, feedback }
  })

  for (const credit of catchAll.map(creditOf).filter((credit) => credit > 0)) {
    findings.push(changed('unsupportedType', `any other answer earns ${credit} %`))
  }
  findings.push(...shortfall(Math.max(0, ...accepted.map((answer) => answer.credit))))
  const feedback = catchAll.map((answer) => reader.readOptional(answer.feedback)).filter((text) => text !== undefined)
  return { answers: { type: 'short_answer', accepted }, feedback, findings }
}

function isCatchAll({ text }: GiftChoice | GiftNumber): boolean {
  return 'text' in text && text.text === '*'
}

function hasWildcard(text: string): boolean {
  return /(?<!\\)\*/.test(text)
}

/** In Moodle `*` stands for any text and `\*` for itself. Here whole answers are compared, so what surrounds one goes. */
function withoutWildcards(text: string): string {
  let rest = text.replace(/^[*\s]+/, '')
  while (rest.endsWith('*') && !rest.endsWith('\\*')) rest = rest.slice(0, -1).trimEnd()
  return rest.replaceAll('\\*', '*')
}
