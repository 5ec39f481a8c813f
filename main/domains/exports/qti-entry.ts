import type { AcceptedAnswer, Question } from '../../../shared/contract/questions.ts'
import { type ItemParts, optional } from './qti-parts.ts'
import { xmlAttribute, xmlText } from './xml-writing.ts'

type ShortAnswer = Extract<Question, { type: 'short_answer' }>

/**
 * A short answer as a text entry. Plain texts are a mapping, which every reader knows; ranges of numbers and texts with
 * stars are conditions. FEEDBACK names the answer by its place, which also gives the author's order back.
 */
export function entryParts(question: ShortAnswer): ItemParts {
  const { accepted, required, accentsMatter } = question
  const isMapped = accepted.every((answer) => 'text' in answer && !answer.wildcard)
  const areNumbers = accepted.every((answer) => 'min' in answer)
  const strict =
    (question.caseMatters ? ' data-case-matters="true"' : '') + (accentsMatter ? ' data-accents-matter="true"' : '')
  return {
    response:
      `<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="${areNumbers ? 'float' : 'string'}">` +
      `${isMapped ? mapping(question) : ''}</qti-response-declaration>`,
    interaction: `<p><qti-text-entry-interaction response-identifier="RESPONSE"${optional(required)}${strict}/></p>`,
    processing: isMapped ? mapped(question) : conditions(question, areNumbers),
    feedback: accepted.map(({ feedback }, index) => [`A${index}`, feedback]),
  }
}

function mapping({ accepted, caseMatters }: ShortAnswer): string {
  const entries = accepted.map((answer) => {
    const key = 'text' in answer ? answer.text : ''
    return `<qti-map-entry map-key="${xmlAttribute(key)}" mapped-value="${answer.credit}" case-sensitive="${caseMatters === true}"/>`
  })
  return `<qti-mapping default-value="0">${entries.join('')}</qti-mapping>`
}

function mapped(question: ShortAnswer): string {
  const told = cheapestFirst(question).filter(({ answer }) => answer.feedback !== undefined)
  return (
    '<qti-set-outcome-value identifier="CREDIT"><qti-map-response identifier="RESPONSE"/></qti-set-outcome-value>' +
    told.map(({ answer, index }) => condition(test(answer, question, false), feedbackRule(index))).join('')
  )
}

function conditions(question: ShortAnswer, areNumbers: boolean): string {
  return cheapestFirst(question)
    .map(({ answer, index }) => {
      const credit =
        `<qti-set-outcome-value identifier="CREDIT"><qti-base-value base-type="float">${answer.credit}</qti-base-value>` +
        '</qti-set-outcome-value>'
      return condition(test(answer, question, !areNumbers), credit + feedbackRule(index))
    })
    .join('')
}

/** The last rule that holds is the one that counts, and the best answer of those that fit is meant to. */
function cheapestFirst({ accepted }: ShortAnswer) {
  return accepted
    .map((answer, index) => ({ answer, index }))
    .toSorted((one, other) => one.answer.credit - other.answer.credit)
}

function condition(asked: string, rules: string): string {
  return `<qti-response-condition><qti-response-if>${asked}${rules}</qti-response-if></qti-response-condition>`
}

function feedbackRule(index: number): string {
  return (
    '<qti-set-outcome-value identifier="FEEDBACK"><qti-multiple>' +
    `<qti-base-value base-type="identifier">A${index}</qti-base-value></qti-multiple></qti-set-outcome-value>`
  )
}

const response = '<qti-variable identifier="RESPONSE"/>'

/** A number within a text is read by an operator of ours, as QTI compares numbers with numbers only. */
function test(answer: AcceptedAnswer, { caseMatters }: ShortAnswer, isText: boolean): string {
  if ('min' in answer) {
    const number = isText ? `<qti-custom-operator class="number">${response}</qti-custom-operator>` : response
    const limit = (value: number) => `<qti-base-value base-type="float">${value}</qti-base-value>`
    return `<qti-and><qti-gte>${number}${limit(answer.min)}</qti-gte><qti-lte>${number}${limit(answer.max)}</qti-lte></qti-and>`
  }
  if (answer.wildcard)
    return `<qti-pattern-match pattern="${xmlAttribute(patternFor(answer.text))}">${response}</qti-pattern-match>`
  return (
    `<qti-string-match case-sensitive="${caseMatters === true}">${response}` +
    `<qti-base-value base-type="string">${xmlText(answer.text)}</qti-base-value></qti-string-match>`
  )
}

function patternFor(text: string): string {
  return text.replace(/\\\*|[\s\S]/g, (sign) => {
    if (sign === '*') return '.*'
    if (sign === '\\*') return '\\*'
    return /[\\.+?()[\]{}|^$]/.test(sign) ? `\\${sign}` : sign
  })
}
